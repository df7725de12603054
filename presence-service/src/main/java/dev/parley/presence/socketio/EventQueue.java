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
 * The events of one socket, handled one after another in the order received. Of one event loop alone.
 *
 * <p>Where more than the bounds wait, the connection is not read until they have become fewer.
 */
final class EventQueue {

    /** What happens to the events. */
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
    private @Nullable Turn turn;
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

    /** Begins to handle what waits. */
    void start() {
        started = true;
        drain();
    }

    /** Runs an action once all that waits is handled; what never began to be handled is forgotten. */
    void finish(Runnable action) {
        if (!started) {
            clear();
            started = true;
        }
        whenEmpty = action;
        drain();
    }

    /** Forgets what waits. What is being handled goes on, without effect on the client. */
    void clear() {
        waiting.clear();
        waitingSize = 0;
        readOn();
    }

    private void drain() {
        if (draining || !started) {
            return;
        }
        draining = true;
        while (turn == null && !waiting.isEmpty()) {
            Packet next = waiting.remove();
            waitingSize -= next.size();
            begin(next);
            readOn();
        }
        draining = false;
        if (turn == null && whenEmpty != null) {
            Runnable action = whenEmpty;
            whenEmpty = null;
            action.run();
        }
    }

    private void readOn() {
        if (paused && waiting.size() <= maxEvents / 2 && waitingSize <= maxSize / 2) {
            paused = false;
            resume.run();
        }
    }

    private void begin(Packet event) {
        Turn begun = new Turn(event);
        turn = begun;
        begun.run();
    }

    /** The handling of one event. */
    private final class Turn {

        private final Packet event;
        private @Nullable Future<?> timer;

        Turn(Packet event) {
            this.event = event;
        }

        void run() {
            Disposable handling = Mono.defer(() -> worker.handle(event))
                    .defaultIfEmpty(Ack.empty())
                    .subscribe(ack -> end(() -> worker.done(event, ack)), this::fail);
            // Most handlers end at once: only the others need a timer.
            if (turn == this) {
                timer = loop.schedule(
                        () -> {
                            handling.dispose();
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
            if (turn != this) {
                return;
            }
            if (timer != null) {
                timer.cancel(false);
            }
            try {
                outcome.run();
            } finally {
                turn = null;
                drain();
            }
        }
    }
}
