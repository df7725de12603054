package dev.parley.presence.live;

import dev.parley.presence.socketio.SocketIoServer;
import dev.parley.presence.transport.CloseReason;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the clients away before the web server stops, which would wait for them: nobody new is let in, and those who are
 * here go little by little.
 */
final class SocketShutdown implements SmartLifecycle {

    private final SocketIoServer server;
    private final Duration window;
    private volatile boolean running;

    /** @param window over how long their going is spread */
    SocketShutdown(SocketIoServer server, Duration window) {
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
