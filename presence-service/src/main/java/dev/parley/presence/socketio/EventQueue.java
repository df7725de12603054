package dev.parley.presence.socketio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The events of one socket, handled one after another in the order received. Only used in one event loop.
 *
 * <p>If more events wait than the limits allow, the connection is not read until fewer wait.
 */
final class EventQueue {

    /** Handles the events. */
    interface Worker {
        Mono<Ack> handle(Packet event);

        void done(Packet event, Ack ack);

        void failed(Packet event, Throwable error);
    }

    private final EventLoop loop;
    private final int maxEvents;
    private final long maxSize;
    private final long timeoutNanos;
    private final Worker worker;
    private final Runnable pause;
    private final Runnable resume;
    private final Queue<Packet> waiting = new ArrayDeque<>();
    private long waitingSize;
    private boolean started;
    private boolean draining;
    private @Nullable Handling current;
    private boolean paused;
    private @Nullable Runnable whenEmpty;

    EventQueue(EventLoop loop, SocketIoSettings settings, Worker worker, Runnable pause, Runnable resume) {
        this.loop = loop;
        this.maxEvents = settings.maxPendingEvents();
        this.maxSize = settings.engine().maxPayload().toBytes();
        this.timeoutNanos = settings.eventTimeout().toNanos();
        this.worker = worker;
        this.pause = pause;
        this.resume = resume;
    }

    void add(Packet event) {
        waiting.add(event);
        waitingSize += event.size();
        if ((waiting.size() >= maxEvents || waitingSize >= maxSize) && !paused) {
            paused = true;
            pause.run();
        }
        drain();
    }

    /** Begins to handle the waiting events. */
    void start() {
        started = true;
        drain();
    }

    /** Runs an action once all waiting events are handled. If handling was never started, they are dropped. */
    void finish(Runnable action) {
        if (!started) {
            clear();
            started = true;
        }
        whenEmpty = action;
        drain();
    }

    /** Drops the waiting events. The event that is being handled continues, but its result is not sent. */
    void clear() {
        waiting.clear();
        waitingSize = 0;
        resumeReading();
    }

    private void drain() {
        if (draining || !started) {
            return;
        }
        draining = true;
        while (current == null && !waiting.isEmpty()) {
            Packet next = waiting.remove();
            waitingSize -= next.size();
            begin(next);
            resumeReading();
        }
        draining = false;
        if (current == null && whenEmpty != null) {
            Runnable action = whenEmpty;
            whenEmpty = null;
            action.run();
        }
    }

    private void resumeReading() {
        if (paused && waiting.size() <= maxEvents / 2 && waitingSize <= maxSize / 2) {
            paused = false;
            resume.run();
        }
    }

    private void begin(Packet event) {
        Handling handling = new Handling(event);
        current = handling;
        handling.run();
    }

    /** The handling of one event. */
    private final class Handling {

        private final Packet event;
        private @Nullable Future<?> timer;

        Handling(Packet event) {
            this.event = event;
        }

        void run() {
            Disposable subscription = Mono.defer(() -> worker.handle(event))
                    .defaultIfEmpty(Ack.empty())
                    .subscribe(ack -> end(() -> worker.done(event, ack)), this::fail);
            // Most handlers end at once; only the others need a timer.
            if (current == this) {
                timer = loop.schedule(
                        () -> {
                            subscription.dispose();
                            fail(new TimeoutException("No answer in time"));
                        },
                        timeoutNanos,
                        TimeUnit.NANOSECONDS);
            }
        }

        private void fail(Throwable error) {
            end(() -> worker.failed(event, error));
        }

        private void end(Runnable outcome) {
            if (!loop.inEventLoop()) {
                loop.execute(() -> end(outcome));
                return;
            }
            if (current != this) {
                return;
            }
            if (timer != null) {
                timer.cancel(false);
            }
            try {
                outcome.run();
            } finally {
                current = null;
                drain();
            }
        }
    }
}
