package dev.parley.presence.stream;

import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.presence.device.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The events of conversations that happened of late, each once, bounded by time and by bytes. To be found by conversation and
 * by the users whom they concern. Not safe for threads.
 */
final class RecentEvents {

    /** What an event takes beside its data: its entries in the queues here, its position. */
    private static final long OVERHEAD = 400;

    /** How much more than as bytes of a record the data takes as objects, about. */
    private static final long SPREAD = 2;

    private final Duration keep;
    private final long maxBytes;
    private final Deque<RecentEvent> all = new ArrayDeque<>();
    private final Map<String, Deque<RecentEvent>> ofConversations = new HashMap<>();
    private final Map<UserKey, Deque<RecentEvent>> ofUsers = new HashMap<>();
    private StreamPosition forgotten;
    private long numbered;
    private long bytes;

    /** @param before up to where events are not kept */
    RecentEvents(Duration keep, long maxBytes, StreamPosition before) {
        this.keep = keep;
        this.maxBytes = maxBytes;
        this.forgotten = before;
    }

    /**
     * @param size the bytes of the event's record
     * @param happened when it was told, as far as it was told here; else when it was published
     */
    void add(
            ConversationEvent event,
            int partition,
            long offset,
            StreamPosition position,
            int size,
            Instant happened,
            Instant now) {
        RecentEvent added = new RecentEvent(
                numbered++, happened, now, event, partition, offset, position, SPREAD * size + OVERHEAD);
        all.add(added);
        bytes += added.bytes();
        queue(ofConversations, event.conversationId()).add(added);
        EventSubjects.of(event).forEach(user -> queue(ofUsers, user).add(added));
        trim(now);
    }

    /** Forgets what is too old, or too much. */
    void trim(Instant now) {
        Instant oldest = now.minus(keep);
        for (RecentEvent first = all.peek();
                first != null && (bytes > maxBytes || first.handledAt().isBefore(oldest));
                first = all.peek()) {
            forget(all.remove());
        }
    }

    private void forget(RecentEvent event) {
        bytes -= event.bytes();
        forgotten = forgotten.reaching(event.partition(), event.offset());
        unqueue(ofConversations, event.event().conversationId());
        EventSubjects.of(event.event()).forEach(user -> unqueue(ofUsers, user));
    }

    /** Whether all that happened since somebody stood there is known. */
    boolean reachesBackTo(StreamOffset from) {
        StreamOffset.Part within = from.within();
        return from.position().covers(forgotten)
                && (within == null || from.position().at(within.partition()) > forgotten.at(within.partition()));
    }

    /** What somebody who stands there missed that concerns the user, or one of these conversations, in order. */
    List<RecentEvent> after(StreamOffset from, UserKey user, Collection<String> conversationIds) {
        TreeMap<Long, RecentEvent> found = new TreeMap<>();
        concerning(from, user).forEach(event -> found.put(event.number(), event));
        Set<String> conversations = new HashSet<>(conversationIds);
        found.values().forEach(event -> conversations.add(event.event().conversationId()));
        // A conversation is in one partition: its events are in the order of their offsets.
        conversations.forEach(id -> newestFirst(ofConversations, id)
                .takeWhile(event -> event.isMissing(from))
                .forEach(event -> found.put(event.number(), event)));
        return List.copyOf(found.values());
    }

    /** What somebody who stands there missed that concerns the user, in order. */
    List<RecentEvent> concerning(StreamOffset from, UserKey user) {
        return ofUsers.getOrDefault(user, new ArrayDeque<>()).stream()
                .filter(event -> event.isMissing(from))
                .toList();
    }

    /** Of each of these conversations the newest message since then that somebody who stands there has. */
    List<MessageSnapshot> held(StreamOffset from, Instant since, Collection<String> conversationIds) {
        return conversationIds.stream()
                .flatMap(id -> since(since, ofConversations, id)
                        .filter(event -> !event.isMissing(from))
                        .flatMap(RecentEvents::message)
                        .limit(1))
                .toList();
    }

    private static Stream<MessageSnapshot> message(RecentEvent event) {
        return event.event() instanceof MessageCreated created ? Stream.of(created.message()) : Stream.empty();
    }

    /** Those of these conversations of which somebody saw a change since then, beside their messages. */
    Set<String> changedSince(Instant time, Collection<String> conversationIds) {
        return conversationIds.stream()
                .filter(id -> since(time, ofConversations, id).anyMatch(RecentEvents::isChange))
                .collect(Collectors.toSet());
    }

    private static boolean isChange(RecentEvent event) {
        return event.event() instanceof ConversationAdvanced || event.event() instanceof ConversationUpdated;
    }

    /** The conversations that came into a user's list since then. */
    Set<String> openedSince(Instant time, UserKey user) {
        return since(time, ofUsers, user)
                .map(RecentEvent::event)
                .filter(event -> EventSubjects.isOpening(event, user.userId()))
                .map(ConversationEvent::conversationId)
                .collect(Collectors.toSet());
    }

    /** What became known since then, the newest first. */
    private static <K> Stream<RecentEvent> since(Instant time, Map<K, Deque<RecentEvent>> queues, K key) {
        return newestFirst(queues, key).takeWhile(event -> !event.happened().isBefore(time));
    }

    private static <K> Stream<RecentEvent> newestFirst(Map<K, Deque<RecentEvent>> queues, K key) {
        Deque<RecentEvent> queue = queues.get(key);
        return queue == null
                ? Stream.empty()
                : StreamSupport.stream(Spliterators.spliterator(queue.descendingIterator(), queue.size(), 0), false);
    }

    /** How long ago the oldest event became known here, in seconds; 0 if there is none. */
    long oldestSeconds() {
        RecentEvent first = all.peek();
        return first == null
                ? 0
                : Duration.between(first.happened(), Instant.now()).toSeconds();
    }

    int size() {
        return all.size();
    }

    long bytes() {
        return bytes;
    }

    private static <K> Deque<RecentEvent> queue(Map<K, Deque<RecentEvent>> queues, K key) {
        return queues.computeIfAbsent(key, same -> new ArrayDeque<>(2));
    }

    /** The oldest of all is the oldest of each queue that it is in. */
    private static <K> void unqueue(Map<K, Deque<RecentEvent>> queues, K key) {
        queues.computeIfPresent(key, (same, queue) -> {
            queue.remove();
            return queue.isEmpty() ? null : queue;
        });
    }
}
