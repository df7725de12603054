package dev.parley.presence.routing;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventConsumers;
import dev.parley.presence.PresenceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Reads events and the interest of nodes for an {@link EventRouter}, in one thread. */
final class RouterLoop {

    private static final Duration EVENTS_WAIT = Duration.ofMillis(10);
    private static final Duration INTEREST_WAIT = Duration.ofMillis(100);
    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();
    private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final TopicPartition USERS = new TopicPartition(RoutingTopics.INTEREST, RoutingTopics.USERS);
    private static final TopicPartition NODES = new TopicPartition(RoutingTopics.INTEREST, RoutingTopics.NODES);

    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaTemplate<String, byte[]> kafka;
    private final CurrentNode current;
    private final EventCodec codec;
    private final JsonMapper json;
    private final PresenceSettings settings;
    private final KafkaRouterOutput output;
    private final RoutingMetrics metrics;

    RouterLoop(
            ConsumerFactory<String, byte[]> consumers,
            KafkaTemplate<String, byte[]> kafka,
            InterestPublisher publisher,
            CurrentNode current,
            EventCodec codec,
            JsonMapper json,
            RoutingMetrics metrics,
            PresenceSettings settings) {
        this.metrics = metrics;
        this.consumers = consumers;
        this.kafka = kafka;
        this.current = current;
        this.codec = codec;
        this.json = json;
        this.settings = settings;
        this.output = new KafkaRouterOutput(kafka, publisher, json, metrics);
    }

    /** Routes until the loop stops or something fails. */
    void run(KafkaLoop loop) {
        try (Consumer<String, byte[]> events =
                        consumers.createConsumer(RoutingTopics.ROUTER_GROUP, null, null, ofGroup());
                Consumer<String, byte[]> interest = consumers.createConsumer(null, null, null, new Properties())) {
            loop.wakes(events);
            new Run(events, interest).run(loop);
        }
    }

    private Properties ofGroup() {
        Properties own = EventConsumers.instance(consumers, "router");
        own.setProperty(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return own;
    }

    /** From when the group is joined until this router leaves it. */
    private final class Run implements ConsumerRebalanceListener {

        private final Consumer<String, byte[]> events;
        private final Consumer<String, byte[]> interest;
        private final EventRouter router = new EventRouter(codec, settings, output);
        private final long minTickNanos = settings.nodes().heartbeat().toNanos() / 2;
        private long lastTick = System.nanoTime();
        private long lastProgress = System.nanoTime();
        private long lastCommit = System.nanoTime();

        private Run(Consumer<String, byte[]> events, Consumer<String, byte[]> interest) {
            this.events = events;
            this.interest = interest;
        }

        void run(KafkaLoop loop) {
            events.subscribe(List.of(Topics.CONVERSATIONS), this);
            while (loop.isRunning()) {
                ConsumerRecords<String, byte[]> records = events.poll(EVENTS_WAIT);
                metrics.routerRead(records.count());
                records.forEach(router::event);
                events.assignment().forEach(one -> router.readTo(one.partition(), events.position(one) - 1));
                if (!interest.assignment().isEmpty()) {
                    interest.poll(Duration.ZERO).forEach(this::interest);
                }
                long now = System.nanoTime();
                if (now - lastProgress >= PROGRESS_NANOS) {
                    lastProgress = now;
                    router.writeProgress();
                }
                if (now - lastCommit >= COMMIT_NANOS) {
                    lastCommit = now;
                    kafka.flush();
                    events.commitAsync(offsets(), (offsets, failure) -> {});
                }
            }
        }

        private Map<TopicPartition, OffsetAndMetadata> offsets() {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            router.next()
                    .forEach((partition, next) -> offsets.put(
                            new TopicPartition(Topics.CONVERSATIONS, partition), new OffsetAndMetadata(next)));
            return offsets;
        }

        private void interest(ConsumerRecord<String, byte[]> message) {
            byte[] value = message.value();
            if (message.partition() == RoutingTopics.USERS) {
                if (value == null) {
                    router.gone(message.offset(), json.readValue(message.key(), InterestKey.class));
                } else {
                    router.interested(message.offset(), json.readValue(value, InterestRecord.class));
                }
            } else if (value == null) {
                router.left(message.key());
            } else {
                router.alive(json.readValue(value, NodeRecord.class));
                tickIfOwn(message.key());
            }
        }

        /**
         * Leases are counted in heartbeats of this process: none expires while Kafka stands still. Those that come together after a
         * pause count as one.
         */
        private void tickIfOwn(String nodeId) {
            NodeRecord own = current.get();
            long now = System.nanoTime();
            if (own != null && own.node().equals(nodeId) && now - lastTick >= minTickNanos) {
                lastTick = now;
                router.tick();
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            if (added.isEmpty()) {
                return;
            }
            // What the router before this one answered, it had read by now.
            readInterestToItsEnd();
            int generation = events.groupMetadata().generationId();
            Map<TopicPartition, OffsetAndMetadata> committed = events.committed(Set.copyOf(added));
            Map<TopicPartition, Long> begins = events.beginningOffsets(added);
            Map<TopicPartition, Long> ends = events.endOffsets(added);
            Map<TopicPartition, Long> times = new HashMap<>();
            long since = Instant.now().minus(settings.recovery().lookBack()).toEpochMilli();
            added.forEach(one -> times.put(one, since));
            Map<TopicPartition, OffsetAndTimestamp> recent = events.offsetsForTimes(times);
            for (TopicPartition one : added) {
                long end = Objects.requireNonNull(ends.get(one));
                OffsetAndMetadata routed = committed.get(one);
                long resume = routed == null ? end : Math.max(routed.offset(), Objects.requireNonNull(begins.get(one)));
                OffsetAndTimestamp back = recent.get(one);
                long first = Math.min(resume, back == null ? end : back.offset());
                events.seek(one, first);
                router.assigned(one.partition(), generation, first, resume);
            }
        }

        private void readInterestToItsEnd() {
            List<TopicPartition> both = List.of(USERS, NODES);
            if (interest.assignment().isEmpty()) {
                interest.assign(both);
                interest.seekToBeginning(both);
            }
            Map<TopicPartition, Long> ends = interest.endOffsets(both);
            while (ends.entrySet().stream().anyMatch(end -> interest.position(end.getKey()) < end.getValue())) {
                interest.poll(INTEREST_WAIT).forEach(this::interest);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            kafka.flush();
            events.commitSync(offsets());
            onPartitionsLost(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            lost.forEach(one -> router.revoked(one.partition()));
        }
    }
}
