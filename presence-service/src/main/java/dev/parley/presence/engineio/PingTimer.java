package dev.parley.presence.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pings a client, and finds out when it no longer answers. Of one event loop alone. */
final class PingTimer {

    private final EventLoop loop;
    private final long intervalNanos;
    private final long timeoutNanos;
    private final Runnable ping;
    private final Runnable lost;
    private @Nullable Future<?> timer;
    private long pingDue;

    PingTimer(EventLoop loop, EngineIoSettings settings, Runnable ping, Runnable lost) {
        this.loop = loop;
        this.intervalNanos = settings.pingInterval().toNanos();
        this.timeoutNanos = settings.pingTimeout().toNanos();
        this.ping = ping;
        this.lost = lost;
    }

    /** Begins, or begins anew because the client was heard. */
    void restart() {
        stop();
        pingDue = System.nanoTime() + intervalNanos;
        timer = loop.schedule(this::ping, intervalNanos, TimeUnit.NANOSECONDS);
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void ping() {
        ping.run();
        // Counted from when the ping was due: a loop that is late does not lengthen the client's time.
        long left = pingDue + timeoutNanos - System.nanoTime();
        timer = loop.schedule(lost, Math.max(left, 0), TimeUnit.NANOSECONDS);
    }
}
