package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.OutboundQueue;
import dev.parley.presence.transport.WebSocketChannel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client, over whatever transport it uses just now.
 *
 * <p>All state belongs to one event loop, the session's own, for life; requests that arrive on other loops hop here.
 * What is sent goes through the {@link OutboundQueue} and may come from any thread.
 */
public final class EngineIoSession {

    /** How long the last words wait for a poll to fetch them. */
    private static final long LAST_WORDS_SECONDS = 10;

    private final String id;
    private final EventLoop loop;
    private final EngineIoSettings settings;
    private final ClientRequest request;
    private final Fanout fanout;
    private final Consumer<EngineIoSession> onGone;
    private final OutboundQueue outbound;
    private final PingTimer heartbeat;
    private final AtomicBoolean posting = new AtomicBoolean();
    private final Backpressure backpressure = new Backpressure();
    private final Upgrade upgrade;

    // Of the loop alone.
    private @Nullable SessionListener listener;
    private boolean closed;
    private @Nullable List<Frame> lastWords;

    EngineIoSession(
            String id,
            EventLoop loop,
            EngineIoSettings settings,
            ClientRequest request,
            Fanout fanout,
            Consumer<EngineIoSession> onGone) {
        this.id = id;
        this.loop = loop;
        this.settings = settings;
        this.request = request;
        this.fanout = fanout;
        this.onGone = onGone;
        this.outbound = fanout.outbound(this::overflowed);
        this.upgrade = new Upgrade(loop, settings, outbound);
        this.heartbeat = new PingTimer(loop, settings, () -> send(Packets.PING_MESSAGE), this::unanswered);
    }

    public String id() {
        return id;
    }

    /** The loop that calls the listener. */
    public EventLoop loop() {
        return loop;
    }

    /** The request that opened the session. */
    public ClientRequest request() {
        return request;
    }

    /** The way out to the client. What is sent there must be packets of this protocol. */
    public OutboundQueue outbound() {
        return outbound;
    }

    /** Sends packets; see {@link OutboundQueue#send}. */
    public void send(Message message) {
        outbound.send(message);
    }

    /** Ends the session. What was sent before still goes out if the reason is an orderly one. Any thread. */
    public void close(CloseReason reason) {
        inLoop(() -> end(reason));
    }

    /** Runs in the session's loop, at once if the caller is there. */
    public void inLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }

    /** Stops reading from the client, until as many calls of {@link #resume}. In the loop only. */
    public void pause() {
        backpressure.pause();
    }

    /** Reads on. In the loop only. */
    public void resume() {
        backpressure.resume();
    }

    /** Begins, with the first WebSocket or by polling. In the loop. */
    void open(@Nullable WebSocketChannel webSocket, SessionListener.Factory listeners) {
        fanout.metrics().sessionOpened();
        if (webSocket != null) {
            webSocket.send(Message.of(Packets.open(id, false, settings)));
            outbound.switchTo(webSocket);
        }
        heartbeat.restart();
        listener = listeners.opened(this);
    }

    /** A poll arrived. It is answered now or later, from any thread. */
    void poll(Poll poll) {
        loop.execute(() -> {
            if (lastWords != null) {
                poll.read(lastWords);
                lastWords = null;
                onGone.accept(this);
            } else if (closed) {
                poll.refuse(RequestError.UNKNOWN_SESSION);
            } else if (outbound.direct() != null) {
                poll.refuse(RequestError.BAD_REQUEST);
            } else if (!outbound.read(poll)) {
                poll.refuse(RequestError.BAD_REQUEST);
                end(CloseReason.PROTOCOL_ERROR);
            } else {
                upgrade.polled(poll);
            }
        });
    }

    /** The client went away from a poll. */
    void pollCancelled(Poll poll) {
        loop.execute(() -> {
            if (outbound.dismiss(poll) || poll.cancel()) {
                end(CloseReason.CONNECTION_LOST);
            }
        });
    }

    /** Packets were handed to a poll whose client had gone away. */
    void pollLost() {
        loop.execute(() -> end(CloseReason.CONNECTION_LOST));
    }

    /** A payload is being posted. Returns false if another one is. */
    boolean beginPost() {
        return posting.compareAndSet(false, true);
    }

    void endPost() {
        posting.set(false);
    }

    /** Packets were posted. {@code accepted} is told whether the session takes them, once it is ready for more. */
    void posted(List<Object> packets, Consumer<Boolean> accepted) {
        loop.execute(() -> {
            if (closed || outbound.direct() != null) {
                accepted.accept(false);
                return;
            }
            packets.forEach(this::packet);
            backpressure.whenReady(() -> accepted.accept(true));
        });
    }

    /** Takes a WebSocket that wants to take over. In the loop. */
    void beginUpgrade(WebSocketChannel webSocket) {
        if (closed) {
            webSocket.close(CloseReason.PROTOCOL_ERROR);
        } else {
            upgrade.begin(webSocket);
        }
    }

    /** A packet came over a WebSocket. {@code more} runs once the session is ready for the next. In the loop. */
    void received(WebSocketChannel webSocket, Object packet, Runnable more) {
        if (webSocket == outbound.direct()) {
            packet(packet);
        } else {
            upgrade.received(webSocket, packet);
        }
        backpressure.whenReady(more);
    }

    /** A WebSocket ended. In the loop. */
    void lost(WebSocketChannel webSocket, CloseReason reason) {
        if (webSocket == outbound.direct()) {
            end(reason);
        } else {
            upgrade.abandon(webSocket);
        }
    }

    /** The connection below a WebSocket is gone. What was read of it before comes first, unless nobody reads. In the loop. */
    void broken(WebSocketChannel webSocket) {
        if (backpressure.isPaused()) {
            lost(webSocket, CloseReason.CONNECTION_LOST);
        }
    }

    private void packet(Object packet) {
        if (closed || listener == null) {
            return;
        }
        if (packet instanceof byte[] bytes) {
            listener.binary(bytes);
            return;
        }
        String text = (String) packet;
        switch (Packets.isKnown(text) ? text.charAt(0) : Packets.OPEN) {
            case Packets.MESSAGE -> listener.text(text.substring(1));
            case Packets.PONG -> heartbeat.restart();
            case Packets.CLOSE -> end(CloseReason.CLIENT_LEFT);
            case Packets.UPGRADE, Packets.NOOP -> {}
            default -> end(CloseReason.PROTOCOL_ERROR);
        }
    }

    private void unanswered() {
        if (backpressure.isPaused()) {
            // The pong may lie unread among what the server itself does not take.
            heartbeat.restart();
        } else {
            end(CloseReason.PING_TIMEOUT);
        }
    }

    /** More waits than the bound allows. Any thread; acts later, since the caller is in the middle of a write. */
    void overflowed() {
        loop.execute(() -> end(CloseReason.SLOW_READER));
    }

    private void end(CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        heartbeat.stop();
        fanout.metrics().sessionClosed(reason);
        upgrade.abandon();
        if (listener != null) {
            listener.closed(reason);
        }
        farewell(reason);
        if (lastWords == null) {
            onGone.accept(this);
        }
        backpressure.release();
    }

    private void farewell(CloseReason reason) {
        WebSocketChannel webSocket = outbound.direct();
        if (webSocket != null) {
            outbound.close();
            webSocket.close(reason);
            return;
        }
        OutboundQueue.Reader waiting = outbound.dismissReader();
        List<Frame> words = new ArrayList<>(outbound.close());
        words.add(reason == CloseReason.CLIENT_LEFT ? Packets.NOOP_FRAME : Packets.CLOSE_FRAME);
        if (waiting != null) {
            waiting.read(words);
        } else if (reason.isOrderly()) {
            lastWords = words;
            loop.schedule(() -> onGone.accept(this), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
