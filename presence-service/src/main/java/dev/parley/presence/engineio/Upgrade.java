package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.OutboundQueue;
import dev.parley.presence.transport.WebSocketChannel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade of one session from polling to a WebSocket. The client probes the WebSocket, stops polling, and then sends
 * the upgrade packet. Only used in the session's event loop.
 *
 * @see <a href="https://socket.io/docs/v4/engine-io-protocol/#upgrade">Upgrade</a>
 */
final class Upgrade {

    /** How long a poll waits during an upgrade if there is nothing to send. */
    private static final long HELD_POLL_MILLIS = 100;

    private static final String UPGRADE_PACKET = String.valueOf(Packets.UPGRADE);

    private final EventLoop loop;
    private final long timeoutNanos;
    private final OutboundQueue outbound;
    private @Nullable WebSocketChannel probed;
    private @Nullable Poll pollBeforeProbe;
    private @Nullable Future<?> timer;

    Upgrade(EventLoop loop, EngineIoSettings settings, OutboundQueue outbound) {
        this.loop = loop;
        this.timeoutNanos = settings.upgradeTimeout().toNanos();
        this.outbound = outbound;
    }

    /** Accepts a WebSocket for the upgrade, unless another one is being used or probed. */
    void begin(WebSocketChannel webSocket) {
        if (outbound.webSocket() != null || probed != null) {
            webSocket.close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        probed = webSocket;
        timer = loop.schedule(() -> abandon(webSocket), timeoutNanos, TimeUnit.NANOSECONDS);
    }

    /** A packet arrived over a WebSocket to which the session is not upgraded. */
    void received(WebSocketChannel webSocket, Object packet) {
        if (webSocket != probed) {
            return;
        }
        if (Packets.PROBE.equals(packet)) {
            webSocket.send(Packets.PROBE_REPLY);
            if (pollBeforeProbe != null) {
                release(pollBeforeProbe);
            }
        } else if (UPGRADE_PACKET.equals(packet)) {
            clear();
            if (outbound.removeReader() instanceof Poll latePoll) {
                latePoll.refuse(RequestError.BAD_REQUEST);
            }
            outbound.switchTo(webSocket);
        } else {
            abandon(webSocket);
        }
    }

    /**
     * A poll began to wait. A client completes the upgrade only after its last poll is answered. A poll from before the
     * probe is answered with the probe. A later one is answered after a short wait: the client may already have sent the
     * upgrade packet on the other connection, where it was not read yet.
     */
    void polled(Poll poll) {
        if (probed == null) {
            pollBeforeProbe = poll;
        } else {
            loop.schedule(() -> release(poll), HELD_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void release(Poll poll) {
        if (outbound.removeReader(poll)) {
            poll.read(List.of(Packets.NOOP_FRAME));
        }
    }

    /** Gives up the upgrade if it is to this WebSocket; polling continues. */
    void abandon(WebSocketChannel webSocket) {
        if (webSocket == probed) {
            clear();
            webSocket.close(CloseReason.PROTOCOL_ERROR);
        }
    }

    /** The session has ended. */
    void abandon() {
        if (probed != null) {
            abandon(probed);
        }
    }

    private void clear() {
        probed = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
