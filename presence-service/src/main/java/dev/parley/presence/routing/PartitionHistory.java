package dev.parley.presence.routing;

import dev.parley.presence.device.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The recent events of a partition as they stand on the topic, limited by time and by bytes, found by conversation and by the users
 * whom they are about. Used by one thread.
 */
final class PartitionHistory {

    /** The memory that an event takes beside its data. */
    private static final int BYTES_PER_EVENT = 600;

    private record Kept(ConsumerRecord<String, byte[]> record, List<UserKey> about, Instant at) {

        long bytes() {
            return record.value().length + BYTES_PER_EVENT;
        }
    }

    private final Duration keep;
    private final LongSupplier maxBytes;
    private final Deque<Kept> events = new ArrayDeque<>();
    private final Map<String, Deque<Kept>> byConversation = new HashMap<>();
    private final Map<UserKey, Deque<Kept>> byUser = new HashMap<>();
    private long bytes;
    private long forgotten;

    /**
     * @param maxBytes gives how much memory it may take now
     * @param before the offset up to which there is nothing
     */
    PartitionHistory(Duration keep, LongSupplier maxBytes, long before) {
        this.keep = keep;
        this.maxBytes = maxBytes;
        this.forgotten = before;
    }

    /**
     * @param about the users whom the event is about
     * @param at when it was routed, or when it happened if that was before this router came
     */
    void add(ConsumerRecord<String, byte[]> record, List<UserKey> about, Instant at, Instant now) {
        Kept added = new Kept(record, about, at);
        events.add(added);
        bytes += added.bytes();
        byConversation
                .computeIfAbsent(record.key(), first -> new ArrayDeque<>(2))
                .add(added);
        about.forEach(user ->
                byUser.computeIfAbsent(user, first -> new ArrayDeque<>(2)).add(added));
        Instant oldest = now.minus(keep);
        while (!events.isEmpty()
                && (bytes > maxBytes.getAsLong() || events.getFirst().at().isBefore(oldest))) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Kept oldest = events.remove();
        bytes -= oldest.bytes();
        forgotten = oldest.record().offset();
        removeFirst(byConversation, oldest.record().key());
        oldest.about().forEach(user -> removeFirst(byUser, user));
    }

    private static <K> void removeFirst(Map<K, Deque<Kept>> queues, K key) {
        queues.computeIfPresent(key, (same, queue) -> {
            queue.remove();
            return queue.isEmpty() ? null : queue;
        });
    }

    /** The recent events of some conversations, and of those about these users, in order. */
    Collection<ConsumerRecord<String, byte[]>> of(Collection<String> conversationIds, Collection<UserKey> users) {
        TreeMap<Long, ConsumerRecord<String, byte[]>> found = new TreeMap<>();
        conversationIds.forEach(id -> collect(byConversation.get(id), found));
        users.forEach(user -> collect(byUser.get(user), found));
        return found.values();
    }

    private static void collect(@Nullable Deque<Kept> queue, Map<Long, ConsumerRecord<String, byte[]>> found) {
        if (queue != null) {
            queue.forEach(kept -> found.put(kept.record().offset(), kept.record()));
        }
    }

    /** The offset up to which events may be missing here. */
    long forgotten() {
        return forgotten;
    }
}
