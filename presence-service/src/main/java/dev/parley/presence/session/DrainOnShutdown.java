package dev.parley.presence.session;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.ConnectionServer;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Ends all connections before the web server stops, which would wait for them: no new ones are taken, and those that are open
 * end little by little.
 */
public final class DrainOnShutdown implements SmartLifecycle {

    private final ConnectionServer server;
    private final Duration window;
    private volatile boolean running;

    /** @param window over how long their going is spread */
    public DrainOnShutdown(ConnectionServer server, Duration window) {
        this.server = server;
        this.window = window;
    }

    @Override
    public void start() {
        server.open();
        running = true;
    }

    @Override
    public void stop(Runnable done) {
        running = false;
        server.drain(window, CloseReason.SHUTDOWN)
                .doFinally(ended -> done.run())
                .subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
