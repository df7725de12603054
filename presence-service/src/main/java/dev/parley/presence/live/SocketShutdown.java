package dev.parley.presence.live;

import dev.parley.presence.socketio.SocketIoServer;
import dev.parley.presence.transport.CloseReason;
import org.springframework.context.SmartLifecycle;

/** Sends the clients away before the web server stops, which would wait for them. */
final class SocketShutdown implements SmartLifecycle {

    private final SocketIoServer server;
    private volatile boolean running;

    SocketShutdown(SocketIoServer server) {
        this.server = server;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        server.close(CloseReason.SHUTDOWN);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
