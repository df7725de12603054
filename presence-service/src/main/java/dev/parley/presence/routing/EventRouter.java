package dev.parley.presence.routing;

import dev.parley.events.ConversationEvent;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.routing.InterestTable.Node;
import dev.parley.presence.stream.EventDeduplicator;
import dev.parley.presence.stream.EventLog;
import dev.parley.presence.stream.EventSubjects;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which nodes are written an event. Events and the interest of nodes come to it one after another, so each interest holds
 * from one event on. Used by one thread.
 */
final class EventRouter {

    private static final Logger log = LoggerFactory.getLogger(EventRouter.class);

    /** A partition whose events are routed. */
    private final class Routed {

        private final int partition;
        private final int generation;
        private final long resume;
        private final PartitionHistory history;
        private final EventDeduplicator deduplicator;
        private long position;

        /** The offset of the interest when the first event was routed; null until then. */
        private @Nullable Long loaded;

        private Routed(int partition, int generation, long first, long resume) {
            this.partition = partition;
            this.generation = generation;
            this.resume = resume;
            this.position = first - 1;
            this.history = new PartitionHistory(keep, EventRouter.this::bytesOfAPartition, position);
            this.deduplicator = new EventDeduplicator(settings.stream());
        }

        private boolean isLive() {
            return loaded != null;
        }

        private Progress.OfPartition progress() {
            return new Progress.OfPartition(
                    partition, generation, Objects.requireNonNull(loaded), position, history.forgotten());
        }
    }

    private final EventCodec codec;
    private final PresenceSettings settings;
    private final RouterOutput output;
    private final Duration keep;
    private final long maxBytes;
    private final InterestTable interest;
    private final Map<Integer, Routed> partitions = new HashMap<>();

    /** Whether it went on since the nodes were told how far it has come. */
    private boolean moved;

    private long interestOffset = -1;

    EventRouter(EventCodec codec, PresenceSettings settings, RouterOutput output) {
        this.codec = codec;
        this.settings = settings;
        this.output = output;
        this.keep = EventLog.retention(settings.recovery());
        this.maxBytes = settings.recovery().maxBytes().toBytes();
        this.interest = new InterestTable(
                settings.recovery().lookBack().toNanos(),
                settings.nodes().heartbeatsIn(settings.nodes().lease()));
    }

    /**
     * Events of a partition come to this router from now on.
     *
     * @param generation higher than that of every router that had the partition before
     * @param first the offset of the first record that comes
     * @param resume the offset of the first record that is routed; those before are only remembered
     */
    void assigned(int partition, int generation, long first, long resume) {
        Routed routed = new Routed(partition, generation, first, resume);
        partitions.put(partition, routed);
        if (first >= resume) {
            begin(routed);
        }
    }

    /** They share what a node may keep. */
    private long bytesOfAPartition() {
        return maxBytes / Math.max(1, partitions.size());
    }

    void revoked(int partition) {
        partitions.remove(partition);
    }

    /** By partition, the offset of the next record to route. */
    Map<Integer, Long> next() {
        Map<Integer, Long> next = new HashMap<>();
        partitions.values().stream().filter(Routed::isLive).forEach(one -> next.put(one.partition, one.position + 1));
        return next;
    }

    private void begin(Routed routed) {
        routed.loaded = interestOffset;
        interest.nodes().forEach(this::writeProgress);
    }

    /** Routes what was read of the topic of conversations. */
    void event(ConsumerRecord<String, byte[]> record) {
        Routed routed = partitions.get(record.partition());
        if (routed == null || record.offset() <= routed.position) {
            return;
        }
        if (!routed.isLive() && record.offset() >= routed.resume) {
            begin(routed);
        }
        RecordDecoder.decode(codec, record).ifPresent(received -> {
            if (received.data() instanceof ConversationEvent event && routed.deduplicator.isNew(received.id(), event)) {
                route(record, received, event, routed);
            }
        });
        readTo(record.partition(), record.offset());
    }

    private void route(
            ConsumerRecord<String, byte[]> record, ReceivedEvent received, ConversationEvent event, Routed routed) {
        Instant now = Instant.now();
        List<UserKey> about = EventSubjects.of(event);
        routed.history.add(record, about, routed.isLive() ? now : received.time(), now);
        for (Node node : interest.concerned(event.conversationId(), about, System.nanoTime())) {
            if (routed.isLive()) {
                output.event(
                        node.inbox(),
                        Envelope.ofEvent(Envelope.Kind.EVENT, node.id(), record, routed.generation),
                        record);
            }
        }
    }

    /** Records up to this offset have come, whether they were events or not. */
    void readTo(int partition, long offset) {
        Routed routed = partitions.get(partition);
        if (routed == null || offset <= routed.position) {
            return;
        }
        routed.position = offset;
        if (!routed.isLive() && offset + 1 >= routed.resume) {
            begin(routed);
        }
        moved = true;
    }

    /** A node tells of one of its users. */
    void interested(long offset, InterestRecord record) {
        interestOffset = offset;
        Node node = interest.interested(record);
        if (node == null) {
            return;
        }
        List<UserKey> users = record.about() ? List.of(record.user()) : List.of();
        partitions.values().stream().filter(Routed::isLive).forEach(routed -> routed.history
                .of(record.missing(), users)
                .forEach(past -> output.event(
                        node.inbox(), Envelope.ofEvent(Envelope.Kind.PAST, node.id(), past, routed.generation), past)));
        writeProgress(node);
    }

    /** A user is gone from a node. */
    void gone(long offset, InterestKey key) {
        interestOffset = offset;
        interest.gone(key);
    }

    /** A node lives. */
    void alive(NodeRecord record) {
        Node added = interest.alive(record);
        if (added != null) {
            writeProgress(added);
        }
    }

    /** Time passes for the leases of the nodes. */
    void tick() {
        interest.forgetImplied(System.nanoTime());
        interest.tick().forEach(this::strikeOut);
    }

    /** A node says that it lives no more, or another router says so. */
    void left(String nodeId) {
        interest.left(nodeId).ifPresent(this::strikeOut);
    }

    private void strikeOut(InterestTable.Left left) {
        log.info("Nothing is routed to node {} any more", left.node().id());
        output.struckOut(
                left.node().inbox(),
                Envelope.without(Envelope.Kind.STRUCK_OUT, left.node().id()),
                left.users());
    }

    /** Tells the nodes how far this router has come, if it went on since. */
    void writeProgress() {
        if (moved) {
            moved = false;
            interest.nodes().forEach(this::writeProgress);
        }
    }

    private void writeProgress(Node node) {
        List<Progress.OfPartition> live = partitions.values().stream()
                .filter(Routed::isLive)
                .map(Routed::progress)
                .toList();
        if (!live.isEmpty()) {
            output.progress(
                    node.inbox(),
                    Envelope.without(Envelope.Kind.PROGRESS, node.id()),
                    new Progress(interestOffset, live));
        }
    }
}
