package dev.parley.presence.routing;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.id.Ids;
import dev.parley.presence.ClusterSettings;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.RoomRegistry;
import dev.parley.presence.stream.ConversationEventHandler;
import dev.parley.presence.stream.EventLog;
import dev.parley.presence.transport.CloseReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Reads this node's inbox. A node that may have lost something of it closes its connections and starts again as another one. */
final class InboxReader {

    private static final Logger log = LoggerFactory.getLogger(InboxReader.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final ConsumerFactory<String, byte[]> consumers;
    private final CurrentNode current;
    private final InterestRegistry interest;
    private final InterestPublisher publisher;
    private final EventLog eventLog;
    private final ConversationEventHandler handler;
    private final RoomRegistry rooms;
    private final EventCodec codec;
    private final JsonMapper json;
    private final ClusterSettings nodes;
    private final RoutingMetrics metrics;

    InboxReader(
            ConsumerFactory<String, byte[]> consumers,
            CurrentNode current,
            InterestRegistry interest,
            InterestPublisher publisher,
            EventLog eventLog,
            ConversationEventHandler handler,
            RoomRegistry rooms,
            EventCodec codec,
            JsonMapper json,
            RoutingMetrics metrics,
            PresenceSettings settings) {
        this.metrics = metrics;
        this.consumers = consumers;
        this.current = current;
        this.interest = interest;
        this.publisher = publisher;
        this.eventLog = eventLog;
        this.handler = handler;
        this.rooms = rooms;
        this.codec = codec;
        this.json = json;
        this.nodes = settings.nodes();
    }

    /** Reads until it is interrupted by {@link KafkaLoop}, or until this node must start again. */
    void run(KafkaLoop loop) {
        Properties never = new Properties();
        never.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        try (Consumer<String, byte[]> consumer = consumers.createConsumer(null, null, null, never)) {
            loop.wakes(consumer);
            NodeRecord node = new NodeRecord(Ids.next(), chooseInbox(consumer));
            TopicPartition inbox = new TopicPartition(RoutingTopics.INBOXES, node.inbox());
            Map<Integer, PartitionRange> ranges = ranges(consumer);
            consumer.assign(List.of(inbox));
            consumer.seekToEnd(List.of(inbox));
            consumer.position(inbox);
            InboxProgress progress = new InboxProgress(ranges.size());
            eventLog.reset(ranges);
            interest.begin(node, progress, ranges.size());
            Inbox reader = new Inbox(node.node(), progress, interest, eventLog, handler, codec, json);
            current.is(node);
            publisher.alive(node);
            while (loop.isRunning()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                metrics.inboxRead(records.count());
                reader.read(records);
                interest.requireTold();
            }
        } finally {
            leave(loop.isRunning());
        }
    }

    /** @param goesOn whether the node will start again */
    private void leave(boolean goesOn) {
        NodeRecord node = current.get();
        current.is(null);
        interest.end();
        if (goesOn) {
            // A session that begins between two events was either found to be of before, or is among the devices now.
            List<Device> devices =
                    eventLog.betweenEvents(view -> List.copyOf(rooms.devices().allMembers()));
            log.warn("Closing {} connections: this node starts again", devices.size());
            devices.forEach(device -> device.close(CloseReason.SHUTDOWN));
        }
        if (node != null) {
            publisher.dead(node.node());
        }
    }

    /** The lowest one that no living node reads. Two nodes that choose at once may read the same. */
    private int chooseInbox(Consumer<String, byte[]> consumer) {
        TopicPartition partition = new TopicPartition(RoutingTopics.INTEREST, RoutingTopics.NODES);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end =
                Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
        long oldest = System.currentTimeMillis() - 2 * nodes.lease().toMillis();
        Map<String, Integer> living = new HashMap<>();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
                if (message.value() == null) {
                    living.remove(message.key());
                } else if (message.timestamp() >= oldest) {
                    living.put(
                            message.key(),
                            json.readValue(message.value(), NodeRecord.class).inbox());
                }
            }
        }
        int inboxes = consumer.partitionsFor(RoutingTopics.INBOXES).size();
        Set<Integer> taken = new HashSet<>(living.values());
        return IntStream.range(0, inboxes)
                .filter(inbox -> !taken.contains(inbox))
                .findFirst()
                .orElseGet(() -> ThreadLocalRandom.current().nextInt(inboxes));
    }

    /** All events that there are now were routed to others; this node waits until the routers are past them. */
    private static Map<Integer, PartitionRange> ranges(Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.CONVERSATIONS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        return consumer.endOffsets(partitions).entrySet().stream()
                .collect(Collectors.toMap(
                        end -> end.getKey().partition(), end -> new PartitionRange(0, end.getValue())));
    }
}
