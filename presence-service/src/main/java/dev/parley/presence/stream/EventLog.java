package dev.parley.presence.stream;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The recent conversation events, in the order in which this node handles them. While a caller looks at the log no event is
 * handled, so a device that is added to its rooms then knows exactly which events came before. Safe for any thread.
 */
@Component
public final class EventLog {

    /** How often to check whether this node has read far enough for a waiting client. */
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(20);

    /** How long after an event its announcement of a new conversation may still be on its way to a member. */
    private static final Duration MAX_ANNOUNCEMENT_DELAY = Duration.ofSeconds(45);

    private final RecoverySettings settings;
    private final StreamSettings streamSettings;

    /** Whether this node may learn of an event after later ones of other conversations. */
    private final boolean directed;

    /**
     * Fair: otherwise a thread that handles many events would keep connecting clients waiting, or many of them would stop
     * it.
     */
    private final ReentrantLock lock = new ReentrantLock(true);

    /** One timer for all waiting clients, which may be all clients after a start. Runs only while somebody waits. */
    private final Flux<Long> ticks =
            Flux.interval(CHECK_INTERVAL).onBackpressureDrop().share();

    // Guarded by the lock, but for the messages.
    private volatile RecentEvents recent;

    // Guarded by the lock.
    private EventDeduplicator deduplicator;

    // Written under the lock.
    private volatile StreamPosition position = StreamPosition.of();
    private volatile StreamPosition start = StreamPosition.of();
    private volatile boolean caughtUp;

    EventLog(PresenceSettings settings, MeterRegistry meters) {
        this.settings = settings.recovery();
        this.streamSettings = settings.stream();
        this.directed = settings.fanout().directed();
        this.recent = emptyLog(position);
        this.deduplicator = new EventDeduplicator(streamSettings);
        Gauge.builder("parley.recovery.events", this, log -> log.gauge(RecentEvents::size))
                .description("Recent events that are kept for clients that reconnect")
                .register(meters);
        Gauge.builder("parley.recovery.oldest.seconds", this, log -> log.gauge(RecentEvents::oldestSeconds))
                .description("Age of the oldest event that is kept for clients that reconnect")
                .register(meters);
        Gauge.builder("parley.recovery.bytes", this, log -> log.gauge(RecentEvents::bytes))
                .description("Size of the events that are kept for clients that reconnect")
                .register(meters);
    }

    /** How long events are kept. */
    public static Duration retention(RecoverySettings settings) {
        return settings.retention().plus(MAX_ANNOUNCEMENT_DELAY);
    }

    private RecentEvents emptyLog(StreamPosition before) {
        return new RecentEvents(retention(settings), settings.maxBytes().toBytes(), before);
    }

    private double gauge(Function<RecentEvents, Number> value) {
        return locked(() -> value.apply(recent)).doubleValue();
    }

    /**
     * Empties the log.
     *
     * @param ranges the records that there are to read, by partition: all partitions from 0 on
     */
    public void reset(Map<Integer, PartitionRange> ranges) {
        long[] before = new long[ranges.size()];
        long[] ends = new long[ranges.size()];
        ranges.forEach((partition, range) -> {
            before[partition] = range.next() - 1;
            ends[partition] = range.end() - 1;
        });
        lock.lock();
        try {
            position = StreamPosition.of(before);
            start = StreamPosition.of(ends);
            caughtUp = false;
            recent = emptyLog(position);
            deduplicator = new EventDeduplicator(streamSettings);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Handles an event. A repeated event is ignored.
     *
     * @param send sends the event if it is new; receives the stream offset of each part in which it is sent
     */
    public void handle(ReceivedEvent received, ConversationEvent event, Consumer<IntFunction<String>> send) {
        lock.lock();
        try {
            Instant now = Instant.now();
            position = position.advance(received.partition(), received.offset());
            if (deduplicator.isNew(received.id(), event)) {
                remember(received, event, isCaughtUp() ? now : received.time(), now);
                StreamOffset offset = StreamOffset.after(now, position);
                send.accept(part -> offset.atPart(received.partition(), part).format());
            }
        } finally {
            lock.unlock();
        }
    }

    /** @param time when it came, for those who ask what came since */
    private void remember(ReceivedEvent received, ConversationEvent event, Instant time, Instant now) {
        recent.add(event, received.partition(), received.offset(), reached(received), received.size(), time, now);
    }

    /**
     * What a device has that was sent this event and the missed ones before it. Where earlier events of other partitions may yet
     * be learned of, only what this one says of its own.
     */
    private StreamPosition reached(ReceivedEvent received) {
        return directed
                ? StreamPosition.none(position.partitions()).advance(received.partition(), received.offset())
                : position;
    }

    /**
     * Takes an event that this node did not read when it was its turn, as it concerned no user here. Has no effect if it is known.
     *
     * @param apply what the event does to memberships
     */
    public void learn(ReceivedEvent received, ConversationEvent event, Runnable apply) {
        lock.lock();
        try {
            if (!recent.knows(received.partition(), received.offset())) {
                remember(received, event, received.time(), Instant.now());
                apply.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Not all events of a partition up to this offset can be had any more. */
    public void forgetUpTo(int partition, long offset) {
        locked(() -> {
            recent.forgetUpTo(partition, offset);
            return offset;
        });
    }

    /** The conversations of the recent events about a user. */
    public Set<String> conversationsAbout(UserKey user) {
        return locked(() -> recent.conversationsAbout(user));
    }

    /** Records up to these offsets have been read, whether they were events or not. */
    public void advanceTo(Map<Integer, Long> offsets) {
        locked(() -> {
            offsets.forEach((partition, offset) -> position = position.advance(partition, offset));
            return position;
        });
    }

    /** Runs an action between two events. It must be short. */
    public <T> T betweenEvents(Function<View, T> action) {
        return locked(() -> {
            Instant now = Instant.now();
            recent.trim(now);
            return action.apply(new View(StreamOffset.after(now, position)));
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a device that missed a recent event is sent of it now: messages as they are by now.
     *
     * @return empty if later events leave nothing of it to be shown
     */
    public Optional<ConversationEvent> present(ConversationEvent event) {
        return recent.messages().present(event);
    }

    /** How far this node has read. */
    public StreamPosition position() {
        return position;
    }

    /**
     * Completes when this node has read all that was published before it started. Fails if that takes too long: old events
     * must not be sent as new ones.
     */
    public Mono<Void> whenCaughtUp() {
        return isCaughtUp()
                ? Mono.empty()
                : waitUntil(this::isCaughtUp)
                        .timeout(
                                settings.catchUpTimeout(),
                                Mono.error(() -> ApiException.of(
                                        PlatformError.UNAVAILABLE, "This node has not read all recent events yet")));
    }

    /** Whether this node has read all that was published before it started. */
    public boolean isCaughtUp() {
        if (!caughtUp && position.covers(start)) {
            caughtUp = true;
        }
        return caughtUp;
    }

    /** Completes when this node has read at least this far. */
    public Mono<Void> whenReached(StreamPosition target) {
        return position.covers(target) ? Mono.empty() : waitUntil(() -> position.covers(target));
    }

    /** Continues on another thread, so that one waiting client does not delay the timer of the others. */
    private Mono<Void> waitUntil(BooleanSupplier condition) {
        return ticks.filter(tick -> condition.getAsBoolean())
                .next()
                .publishOn(Schedulers.parallel())
                .then();
    }

    /** The log as it is between two events. */
    public final class View {

        private final StreamOffset now;

        private View(StreamOffset now) {
            this.now = now;
        }

        /** The stream offset of a device that has received everything until now. */
        public StreamOffset now() {
            return now;
        }

        /** Whether the log has all events after this offset. */
        public boolean covers(StreamOffset from) {
            return position.covers(from.position()) && recent.covers(from);
        }

        /** The events after this offset that are about the user or in one of these conversations, in order. */
        public List<RecentEvent> missed(StreamOffset from, UserKey user, Collection<String> conversationIds) {
            return recent.missed(from, user, conversationIds);
        }

        /** The events after this offset that are about the user, in order. */
        public List<RecentEvent> missedAbout(StreamOffset from, UserKey user) {
            return recent.missedAbout(from, user);
        }

        /**
         * The newest message of each of these conversations, if a device of the user at this offset has it and it is not
         * replayed.
         */
        public List<MessageSnapshot> newestReceived(
                StreamOffset from, UserKey user, Collection<String> conversationIds) {
            return recent.newestReceived(from, user, conversationIds);
        }

        /** Which of these conversations have changed for their members since then, apart from their messages. */
        public Set<String> changedSince(Instant time, Collection<String> conversationIds) {
            return recent.changedSince(time, conversationIds);
        }

        /**
         * The conversations that came into the user's list and that may not have been announced to a device at this offset.
         */
        public Set<String> openedSince(StreamOffset from, UserKey user) {
            return recent.openedSince(from.time().minus(MAX_ANNOUNCEMENT_DELAY), user);
        }
    }
}
