package dev.parley.presence.stream;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.device.UserKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
 * What happens in conversations, in the one order in which this node handles it. Handling an event and standing still
 * exclude each other, so that whoever begins to listen knows exactly what came before. Safe for any thread.
 */
@Component
public final class EventLog {

    /** How often it is looked whether this node has read far enough for somebody. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** How long clients wait for a node that has just started to read what happened of late. */
    private static final Duration LONGEST_START = Duration.ofSeconds(20);

    /** How long after it was handled it may have been told of a conversation that is new to somebody. */
    private static final Duration OPENING = Duration.ofSeconds(45);

    private final RecoverySettings settings;

    /** Fair: one that handles much would else keep out those who come, and many who come would stop it. */
    private final ReentrantLock lock = new ReentrantLock(true);

    /** One timer for all who wait: after a start that may be all clients. It runs as long as somebody does. */
    private final Flux<Long> looks = Flux.interval(LOOK).onBackpressureDrop().share();

    // Guarded by the lock.
    private RecentEvents recent;

    // Written under the lock.
    private volatile StreamPosition position = StreamPosition.of();
    private volatile StreamPosition start = StreamPosition.of();
    private volatile boolean ready;

    EventLog(PresenceSettings settings, MeterRegistry meters) {
        this.settings = settings.recovery();
        this.recent = events(position);
        meters.gauge("parley.recovery.events", this, timeline -> timeline.kept(RecentEvents::size));
        meters.gauge("parley.recovery.oldest.seconds", this, timeline -> timeline.kept(RecentEvents::oldestSeconds));
        meters.gauge("parley.recovery.bytes", this, timeline -> timeline.kept(RecentEvents::bytes));
    }

    private RecentEvents events(StreamPosition before) {
        return new RecentEvents(
                settings.keep().plus(OPENING), settings.maxBytes().toBytes(), before);
    }

    private double kept(Function<RecentEvents, Number> what) {
        return locked(() -> what.apply(recent)).doubleValue();
    }

    /** Begins anew. @param ranges what there is to be read, by partition: all from 0 on */
    public void begin(Map<Integer, PartitionRange> ranges) {
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
            ready = false;
            recent = events(position);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Handles an event.
     *
     * @param isNew whether it is no repetition
     * @param sending sends it if it is new; is given the stream offset of each part that it is sent in
     */
    public void handle(
            ReceivedEvent received, ConversationEvent event, boolean isNew, Consumer<IntFunction<String>> sending) {
        lock.lock();
        try {
            Instant now = Instant.now();
            position = position.reaching(received.partition(), received.offset());
            if (isNew) {
                recent.add(
                        event,
                        received.partition(),
                        received.offset(),
                        position,
                        received.size(),
                        isReady() ? now : received.time(),
                        now);
                StreamOffset offset = StreamOffset.after(now, position);
                sending.accept(part -> offset.part(received.partition(), part).format());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Records up to these offsets have been read, whether they were events or not. */
    public void passed(Map<Integer, Long> offsets) {
        locked(() -> {
            offsets.forEach((partition, offset) -> position = position.reaching(partition, offset));
            return position;
        });
    }

    /** Does something between two events. It must be short. */
    public <T> T standingStill(Function<View, T> action) {
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

    /** Where this node stands. */
    public StreamPosition position() {
        return position;
    }

    /**
     * Completes when this node has read what had happened before it started. Fails if that takes too long: what is old must
     * not be told as new.
     */
    public Mono<Void> ready() {
        return isReady()
                ? Mono.empty()
                : waiting(this::isReady)
                        .timeout(
                                LONGEST_START,
                                Mono.error(() -> ApiException.of(
                                        PlatformError.UNAVAILABLE, "This node has not read all of late yet")));
    }

    /** Whether what is handled now happened after this node started. */
    public boolean hasStarted() {
        return isReady();
    }

    private boolean isReady() {
        if (!ready && position.covers(start)) {
            ready = true;
        }
        return ready;
    }

    /** Completes when this node stands at least there. */
    public Mono<Void> reached(StreamPosition wanted) {
        return position.covers(wanted) ? Mono.empty() : waiting(() -> position.covers(wanted));
    }

    /** Whoever goes on does not hold up the timer of the others. */
    private Mono<Void> waiting(BooleanSupplier condition) {
        return looks.filter(tick -> condition.getAsBoolean())
                .next()
                .publishOn(Schedulers.parallel())
                .then();
    }

    /** What can be seen while nothing happens. */
    public final class View {

        private final StreamOffset now;

        private View(StreamOffset now) {
            this.now = now;
        }

        /** Where whoever has everything stands. */
        public StreamOffset now() {
            return now;
        }

        /** Whether all that happened since somebody stood there is known here. */
        public boolean reachesBackTo(StreamOffset from) {
            return position.covers(from.position()) && recent.reachesBackTo(from);
        }

        /** What somebody who stands there missed that concerns the user, or one of these conversations, in order. */
        public List<RecentEvent> after(StreamOffset from, UserKey user, Collection<String> conversationIds) {
            return recent.after(from, user, conversationIds);
        }

        /** What somebody who stands there missed that concerns the user, in order. */
        public List<RecentEvent> concerning(StreamOffset from, UserKey user) {
            return recent.concerning(from, user);
        }

        /** Of each of these conversations the newest message since then that somebody who stands there has. */
        public List<MessageSnapshot> held(StreamOffset from, Instant since, Collection<String> conversationIds) {
            return recent.held(from, since, conversationIds);
        }

        /** Those of these conversations that their members see otherwise since then, beside their messages. */
        public Set<String> changedSince(Instant time, Collection<String> conversationIds) {
            return recent.changedSince(time, conversationIds);
        }

        /** The conversations that came into a user's list, of which somebody who stands there may not have been told. */
        public Set<String> openedSince(StreamOffset from, UserKey user) {
            return recent.openedSince(from.time().minus(OPENING), user);
        }
    }
}
