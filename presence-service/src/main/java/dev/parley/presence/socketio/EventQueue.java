package dev.parley.presence.socketio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The events of one socket. Events with the same key are handled one after another in the order received; all others at the
 * same time, as far as the limits allow. Every event ends within a time from when it was received: one that still waits
 * then is not handled. Only used in one event loop.
 */
final class EventQueue {

    /** Handles the events. */
    interface Worker {
        Mono<Ack> handle(Packet event);

        void done(Packet event, Ack ack);

        void failed(Packet event, Throwable error);

        /** The event waited for others for so long that it was not handled. */
        void overdue(Packet event);
    }

    private final EventLoop loop;
    private final int maxRunning;
    private final int maxWaiting;
    private final long maxSize;
    private final long timeoutNanos;
    private final Worker worker;

    /** All events that have not ended, in the order received, which is the order of their deadlines. */
    private final Set<Handling> open = new LinkedHashSet<>();

    /** The events of each key, first the one whose turn it is. */
    private final Map<Object, Deque<Handling>> byKey = new HashMap<>();

    /** Events that wait for nothing but room. */
    private final Queue<Handling> ready = new ArrayDeque<>();

    private int running;
    private long runningSize;
    private int waiting;
    private long waitingSize;
    private boolean started;
    private boolean draining;
    private @Nullable Future<?> timer;
    private @Nullable Runnable whenEmpty;

    EventQueue(EventLoop loop, SocketIoSettings settings, Worker worker) {
        this.loop = loop;
        this.maxRunning = settings.maxRunningEvents();
        this.maxWaiting = settings.maxPendingEvents();
        this.maxSize = settings.engine().maxPayload().toBytes();
        this.timeoutNanos = settings.eventTimeout().toNanos();
        this.worker = worker;
    }

    /** Whether so much waits that nothing more must be added. */
    boolean isFull() {
        return waiting >= maxWaiting || waitingSize >= maxSize;
    }

    /** @param key null if the event waits for no other */
    void add(Packet event, @Nullable Object key) {
        Handling handling = new Handling(event, key);
        open.add(handling);
        waiting++;
        waitingSize += event.size();
        if (key == null) {
            ready.add(handling);
        } else {
            Deque<Handling> before = byKey.computeIfAbsent(key, first -> new ArrayDeque<>());
            before.add(handling);
            if (before.size() == 1) {
                ready.add(handling);
            }
        }
        drain();
        watch();
    }

    /** Begins to handle the waiting events. */
    void start() {
        started = true;
        drain();
    }

    /** Runs an action once all waiting events have ended. If handling was never started, they are dropped. */
    void finish(Runnable action) {
        if (!started) {
            clear();
            started = true;
        }
        whenEmpty = action;
        drain();
    }

    /** Drops the waiting events. Those that are being handled continue, but their results are not sent. */
    void clear() {
        List.copyOf(open).stream().filter(Handling::isWaiting).forEach(Handling::drop);
    }

    private void drain() {
        if (draining || !started) {
            return;
        }
        draining = true;
        while (!ready.isEmpty() && hasRoomFor(ready.element())) {
            Handling next = ready.remove();
            next.run();
        }
        draining = false;
        if (open.isEmpty() && whenEmpty != null) {
            Runnable action = whenEmpty;
            whenEmpty = null;
            action.run();
        }
    }

    private boolean hasRoomFor(Handling handling) {
        return running == 0 || running < maxRunning && runningSize + handling.event.size() <= maxSize;
    }

    /** Most handlers end at once; only the others need the timer, of which there is one for all. */
    private void watch() {
        if (timer == null && !open.isEmpty()) {
            long wait = open.iterator().next().deadline - System.nanoTime();
            timer = loop.schedule(this::expire, Math.max(wait, 0), TimeUnit.NANOSECONDS);
        }
    }

    private void expire() {
        timer = null;
        long now = System.nanoTime();
        // None must begin that expires in the same turn.
        draining = true;
        List.copyOf(open).stream()
                .takeWhile(handling -> handling.deadline - now <= 0)
                .forEach(Handling::expire);
        draining = false;
        drain();
        watch();
    }

    /** The handling of one event. */
    private final class Handling {

        private final Packet event;
        private final @Nullable Object key;
        private final long deadline = System.nanoTime() + timeoutNanos;
        private @Nullable Disposable subscription;
        private boolean begun;

        Handling(Packet event, @Nullable Object key) {
            this.event = event;
            this.key = key;
        }

        boolean isWaiting() {
            return !begun;
        }

        void run() {
            begun = true;
            waiting--;
            waitingSize -= event.size();
            running++;
            runningSize += event.size();
            subscription = Mono.defer(() -> worker.handle(event))
                    .defaultIfEmpty(Ack.empty())
                    .subscribe(
                            ack -> end(() -> worker.done(event, ack)), error -> end(() -> worker.failed(event, error)));
        }

        void expire() {
            if (!begun) {
                drop();
                worker.overdue(event);
                return;
            }
            if (subscription != null) {
                subscription.dispose();
            }
            end(() -> worker.failed(event, new TimeoutException("No answer in time")));
        }

        /** Ends an event that waits. */
        void drop() {
            open.remove(this);
            ready.remove(this);
            waiting--;
            waitingSize -= event.size();
            leaveTurn();
        }

        private void end(Runnable outcome) {
            if (!loop.inEventLoop()) {
                loop.execute(() -> end(outcome));
                return;
            }
            if (!open.remove(this)) {
                return;
            }
            running--;
            runningSize -= event.size();
            try {
                outcome.run();
            } finally {
                leaveTurn();
                drain();
            }
        }

        /** It is the turn of the next event with the same key. */
        private void leaveTurn() {
            Deque<Handling> same = key == null ? null : byKey.get(key);
            if (same == null) {
                return;
            }
            boolean wasFirst = same.element() == this;
            same.remove(this);
            if (same.isEmpty()) {
                byKey.remove(key);
            } else if (wasFirst) {
                ready.add(same.element());
            }
        }
    }
}
