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
 * The passage of one session from polling to a WebSocket. The client probes the WebSocket, stops polling, and says
 * that it has changed over. Of the session's loop alone.
 *
 * @see <a href="https://socket.io/docs/v4/engine-io-protocol/#upgrade">Upgrade</a>
 */
final class Upgrade {

    /** How long a poll is held while an upgrade is under way, unless there is something to say. */
    private static final long HELD_POLL_MILLIS = 100;

    private static final String CHANGED_OVER = String.valueOf(Packets.UPGRADE);

    private final EventLoop loop;
    private final long timeoutNanos;
    private final OutboundQueue outbound;
    private @Nullable WebSocketChannel probed;
    private @Nullable Poll earlier;
    private @Nullable Future<?> timer;

    Upgrade(EventLoop loop, EngineIoSettings settings, OutboundQueue outbound) {
        this.loop = loop;
        this.timeoutNanos = settings.upgradeTimeout().toNanos();
        this.outbound = outbound;
    }

    /** Takes a WebSocket that wants to take over, unless another one does or did. */
    void begin(WebSocketChannel webSocket) {
        if (outbound.direct() != null || probed != null) {
            webSocket.close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        probed = webSocket;
        timer = loop.schedule(() -> abandon(webSocket), timeoutNanos, TimeUnit.NANOSECONDS);
    }

    /** A packet came over a WebSocket that has not taken over. */
    void received(WebSocketChannel webSocket, Object packet) {
        if (webSocket != probed) {
            return;
        }
        if (Packets.PROBE.equals(packet)) {
            webSocket.send(Packets.PROBE_ANSWER);
            if (earlier != null) {
                release(earlier);
            }
        } else if (CHANGED_OVER.equals(packet)) {
            clear();
            if (outbound.dismissReader() instanceof Poll late) {
                late.refuse(RequestError.BAD_REQUEST);
            }
            outbound.switchTo(webSocket);
        } else {
            abandon(webSocket);
        }
    }

    /**
     * A poll began to wait. A client that probes finishes the upgrade once its last poll is answered. A poll from
     * before the upgrade is answered with the probe; a later one after a short wait, since the client may have finished
     * already, on the other connection, without having been heard.
     */
    void polled(Poll poll) {
        if (probed == null) {
            earlier = poll;
        } else {
            loop.schedule(() -> release(poll), HELD_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void release(Poll poll) {
        if (outbound.dismiss(poll)) {
            poll.read(List.of(Packets.NOOP_FRAME));
        }
    }

    /** Gives the upgrade up if this WebSocket is the one; polling goes on. */
    void abandon(WebSocketChannel webSocket) {
        if (webSocket == probed) {
            clear();
            webSocket.close(CloseReason.PROTOCOL_ERROR);
        }
    }

    /** The session is over. */
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
