package dev.parley.presence.session;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.ConnectionServer;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Closes all connections before the web server stops, which would otherwise wait for them: new ones are not accepted, and
 * the open ones are closed little by little.
 */
public final class DrainOnShutdown implements SmartLifecycle {

    private final ConnectionServer server;
    private final Duration window;
    private volatile boolean running;

    /** @param window how long closing them takes */
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
