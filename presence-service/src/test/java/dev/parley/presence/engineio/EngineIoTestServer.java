package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.LiveServer;
import dev.parley.presence.transport.OutboundLimits;
import dev.parley.presence.transport.RawSocket;
import dev.parley.presence.transport.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An Engine.IO server whose sessions the test holds in its hands. */
final class EngineIoTestServer implements AutoCloseable {

    static final WireMessage HELLO = text("hello");

    private final LiveServer server;
    private final EngineIoServer engine;
    private final BlockingQueue<EngineIoSession> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

    EngineIoTestServer(EngineIoSettings settings, OutboundLimits limits) {
        server = new LiveServer(2, limits);
        engine = new EngineIoServer(settings, server.fanout(), server.addresses(), session -> {
            opened.add(session);
            return new Recorder();
        });
        server.serve(0, List.of(engine.handlerMapping(List.of("/engine.io", "/deep/below/engine.io"))));
    }

    static EngineIoTestServer withDefaults() {
        return new EngineIoTestServer(EngineIoSettings.defaults(), OutboundLimits.defaults());
    }

    static WireMessage text(String data) {
        return WireMessage.of(Frame.text("4" + data));
    }

    EngineIoServer engine() {
        return engine;
    }

    LiveServer server() {
        return server;
    }

    RawPolling poller() {
        return RawPolling.open(server.http("/engine.io/"));
    }

    RawSocket socket() {
        RawSocket socket = RawSocket.open(server.webSocket("/engine.io/?EIO=4&transport=websocket"));
        socket.next();
        return socket;
    }

    RawSocket upgrading(RawPolling session) {
        return RawSocket.open(server.webSocket("/engine.io/?EIO=4&transport=websocket&sid=" + session.id()));
    }

    EngineIoSession session() {
        return take(opened);
    }

    CloseReason closeReason() {
        return take(closed);
    }

    Object received() {
        return take(received);
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            T taken = queue.poll(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
            if (taken == null) {
                throw new AssertionError("Nothing within ten seconds");
            }
            return taken;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Recorder implements SessionListener {

        @Override
        public void text(String data) {
            received.add(data);
        }

        @Override
        public void binary(byte[] data) {
            received.add(data);
        }

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
        }
    }
}
