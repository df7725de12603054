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
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The recent conversation events, each once, limited by time and by bytes. They can be found by conversation and by the
 * users that they are about. Not safe for threads.
 */
final class RecentEvents {

    /** The memory that an event takes beside its data: its entries in the queues here, and its position. */
    private static final long BYTES_PER_EVENT = 400;

    /** About how many bytes of memory one byte of a record takes as objects. */
    private static final long MEMORY_PER_BYTE = 2;

    private final Duration keep;
    private final long maxBytes;

    /** The events of a partition. No record: a queue holds it by identity. */
    private static final class OfPartition {

        private final TreeMap<Long, RecentEvent> events = new TreeMap<>();

        private Instant oldest() {
            return events.firstEntry().getValue().knownAt();
        }
    }

    private final Map<Integer, OfPartition> byPartition = new HashMap<>();

    /**
     * The queues of the partitions that have events, the one with the oldest event first. A node that starts reads one
     * partition after another, so the event that was handled first need not be the oldest.
     */
    private final PriorityQueue<OfPartition> oldestFirst =
            new PriorityQueue<>(Comparator.comparing(OfPartition::oldest));

    /** By offset: all events of a conversation are in one partition. */
    private final Map<String, TreeMap<Long, RecentEvent>> byConversation = new HashMap<>();

    private final Map<UserKey, Deque<RecentEvent>> byUser = new HashMap<>();
    private final PresentMessages messages = new PresentMessages();

    /** The newest message of each conversation that has one among the events. */
    private final Map<String, RecentEvent> newestMessages = new HashMap<>();

    private StreamPosition forgotten;
    private long nextNumber;
    private long bytes;

    /** @param before the position up to which there are no events */
    RecentEvents(Duration keep, long maxBytes, StreamPosition before) {
        this.keep = keep;
        this.maxBytes = maxBytes;
        this.forgotten = before;
    }

    /**
     * @param size the bytes of the event's record
     * @param knownAt when this node handled it, or when it was published if that was before this node started
     */
    void add(
            ConversationEvent event,
            int partition,
            long offset,
            StreamPosition position,
            int size,
            Instant knownAt,
            Instant now) {
        RecentEvent added = new RecentEvent(
                nextNumber++, knownAt, event, partition, offset, position, MEMORY_PER_BYTE * size + BYTES_PER_EVENT);
        OfPartition ofPartition = byPartition.computeIfAbsent(partition, first -> new OfPartition());
        boolean isOldest = ofPartition.events.isEmpty() || offset < ofPartition.events.firstKey();
        if (isOldest) {
            // The queue's order is by the oldest event.
            oldestFirst.remove(ofPartition);
        }
        ofPartition.events.put(offset, added);
        if (isOldest) {
            oldestFirst.add(ofPartition);
        }
        bytes += added.bytes();
        byConversation
                .computeIfAbsent(event.conversationId(), first -> new TreeMap<>())
                .put(offset, added);
        EventSubjects.of(event).forEach(user -> queue(byUser, user).add(added));
        messages.add(event);
        if (event instanceof MessageCreated) {
            newestMessages.merge(
                    event.conversationId(), added, (known, one) -> known.offset() > one.offset() ? known : one);
        }
        trim(now);
    }

    /** Whether an event is here, or was and is forgotten. */
    boolean knows(int partition, long offset) {
        OfPartition known = byPartition.get(partition);
        return offset <= forgotten.at(partition) || known != null && known.events.containsKey(offset);
    }

    /** Not all events up to this offset can be had any more. */
    void forgetUpTo(int partition, long offset) {
        forgotten = forgotten.advance(partition, offset);
    }

    /** Forgets the oldest events as long as they are too old or there are too many. */
    void trim(Instant now) {
        Instant oldest = now.minus(keep);
        while (!oldestFirst.isEmpty()
                && (bytes > maxBytes || oldestFirst.peek().oldest().isBefore(oldest))) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        OfPartition ofPartition = oldestFirst.remove();
        RecentEvent event = ofPartition.events.pollFirstEntry().getValue();
        if (ofPartition.events.isEmpty()) {
            byPartition.remove(event.partition());
        } else {
            oldestFirst.add(ofPartition);
        }
        bytes -= event.bytes();
        forgotten = forgotten.advance(event.partition(), event.offset());
        byConversation.computeIfPresent(event.event().conversationId(), (same, events) -> {
            events.remove(event.offset());
            return events.isEmpty() ? null : events;
        });
        EventSubjects.of(event.event()).forEach(user -> unqueue(byUser, user, event));
        messages.forget(event.event());
        newestMessages.remove(event.event().conversationId(), event);
    }

    /** The present state of the messages that these events are about. Any thread may read it. */
    PresentMessages messages() {
        return messages;
    }

    /** Whether all events after this offset are here. */
    boolean covers(StreamOffset from) {
        StreamOffset.Part part = from.part();
        return from.position().covers(forgotten)
                && (part == null || from.position().at(part.partition()) > forgotten.at(part.partition()));
    }

    /** The events after this offset that are about the user or in one of these conversations, in order. */
    List<RecentEvent> missed(StreamOffset from, UserKey user, Collection<String> conversationIds) {
        Map<Long, RecentEvent> found = new HashMap<>();
        about(from, user).forEach(event -> found.put(event.number(), event));
        Set<String> conversations = new HashSet<>(conversationIds);
        found.values().forEach(event -> conversations.add(event.event().conversationId()));
        conversations.forEach(id -> newestFirst(id)
                .takeWhile(event -> event.isMissedBy(from))
                .forEach(event -> found.put(event.number(), event)));
        return inOrder(found.values());
    }

    /** The events after this offset that are about the user, in order. */
    List<RecentEvent> missedAbout(StreamOffset from, UserKey user) {
        return inOrder(about(from, user).toList());
    }

    private Stream<RecentEvent> about(StreamOffset from, UserKey user) {
        return byUser.getOrDefault(user, new ArrayDeque<>()).stream().filter(event -> event.isMissedBy(from));
    }

    /** The conversations of the recent events about a user. */
    Set<String> conversationsAbout(UserKey user) {
        return byUser.getOrDefault(user, new ArrayDeque<>()).stream()
                .map(event -> event.event().conversationId())
                .collect(Collectors.toSet());
    }

    /**
     * In the order in which this node came to know them, but those of a partition always in the order of their offsets: it may
     * have learned an earlier one later.
     */
    private static List<RecentEvent> inOrder(Collection<RecentEvent> events) {
        record Placed(long number, RecentEvent event) {}

        Map<Integer, Long> highest = new HashMap<>();
        return events.stream()
                .sorted(Comparator.comparingInt(RecentEvent::partition).thenComparingLong(RecentEvent::offset))
                .map(event -> new Placed(
                        Objects.requireNonNull(highest.merge(event.partition(), event.number(), Math::max)), event))
                .sorted(Comparator.comparingLong(Placed::number))
                .map(Placed::event)
                .toList();
    }

    /**
     * The newest message of each of these conversations, if a device of the user at this offset has it. Without those that are
     * replayed in part: their delivery is noticed then, unless they are the user's own.
     */
    List<MessageSnapshot> newestReceived(StreamOffset from, UserKey user, Collection<String> conversationIds) {
        return conversationIds.stream()
                .map(newestMessages::get)
                .filter(event -> event != null && !event.isAfter(from))
                .flatMap(event -> message(event)
                        .filter(message -> !event.isPartlySentTo(from)
                                || message.sender().id().equals(user.userId())))
                .toList();
    }

    private static Stream<MessageSnapshot> message(RecentEvent event) {
        return event.event() instanceof MessageCreated created ? Stream.of(created.message()) : Stream.empty();
    }

    /** Which of these conversations have changed for a member since then, apart from their messages. */
    Set<String> changedSince(Instant time, Collection<String> conversationIds) {
        return conversationIds.stream()
                .filter(id -> newestFirst(id)
                        .takeWhile(event -> !event.knownAt().isBefore(time))
                        .anyMatch(RecentEvents::isChange))
                .collect(Collectors.toSet());
    }

    private static boolean isChange(RecentEvent event) {
        return event.event() instanceof ConversationAdvanced || event.event() instanceof ConversationUpdated;
    }

    /** The conversations that came into a user's list since then. */
    Set<String> openedSince(Instant time, UserKey user) {
        // A user's events are in several partitions, which a node that starts reads one after another.
        return byUser.getOrDefault(user, new ArrayDeque<>()).stream()
                .filter(event -> !event.knownAt().isBefore(time))
                .map(RecentEvent::event)
                .filter(event -> EventSubjects.isOpening(event, user.userId()))
                .map(ConversationEvent::conversationId)
                .collect(Collectors.toSet());
    }

    private Stream<RecentEvent> newestFirst(String conversationId) {
        TreeMap<Long, RecentEvent> events = byConversation.get(conversationId);
        return events == null ? Stream.empty() : events.descendingMap().values().stream();
    }

    /** How many seconds ago the oldest event became known here; 0 if there is none. */
    long oldestSeconds() {
        return oldestFirst.isEmpty()
                ? 0
                : Duration.between(oldestFirst.peek().oldest(), Instant.now()).toSeconds();
    }

    int size() {
        return byPartition.values().stream()
                .mapToInt(partition -> partition.events.size())
                .sum();
    }

    long bytes() {
        return bytes;
    }

    private static <K> Deque<RecentEvent> queue(Map<K, Deque<RecentEvent>> queues, K key) {
        return queues.computeIfAbsent(key, same -> new ArrayDeque<>(2));
    }

    /** The event is one of the first about a user. */
    private static <K> void unqueue(Map<K, Deque<RecentEvent>> queues, K key, RecentEvent event) {
        queues.computeIfPresent(key, (same, queue) -> {
            queue.remove(event);
            return queue.isEmpty() ? null : queue;
        });
    }
}
