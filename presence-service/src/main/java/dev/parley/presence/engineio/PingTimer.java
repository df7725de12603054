package dev.parley.presence.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Pings a client, and detects that it no longer answers. Only used in one event loop. */
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

    /** Starts the timer, or restarts it because the client answered. */
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
        // Counted from when the ping was due, so that a slow event loop does not give the client more time.
        long left = pingDue + timeoutNanos - System.nanoTime();
        timer = loop.schedule(lost, Math.max(left, 0), TimeUnit.NANOSECONDS);
    }
}
