package dev.parley.presence.engineio;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.Outlet;
import dev.parley.presence.transport.WebSocketCarrier;
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
 * What is sent goes through the {@link Outlet} and may come from any thread.
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
    private final Outlet outlet;
    private final Heartbeat heartbeat;
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
        this.outlet = fanout.outlet(this::overflowed);
        this.upgrade = new Upgrade(loop, settings, outlet);
        this.heartbeat = new Heartbeat(loop, settings, () -> send(Packets.PING_MESSAGE), this::unanswered);
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
    public Outlet outlet() {
        return outlet;
    }

    /** Sends packets; see {@link Outlet#send}. */
    public void send(Message message) {
        outlet.send(message);
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
    void open(@Nullable WebSocketCarrier carrier, SessionListener.Factory listeners) {
        fanout.metrics().sessionOpened();
        if (carrier != null) {
            carrier.send(Message.of(Packets.open(id, false, settings)));
            outlet.switchTo(carrier);
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
            } else if (outlet.direct() != null) {
                poll.refuse(RequestError.BAD_REQUEST);
            } else if (!outlet.read(poll)) {
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
            if (outlet.dismiss(poll) || poll.cancel()) {
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
            if (closed || outlet.direct() != null) {
                accepted.accept(false);
                return;
            }
            packets.forEach(this::packet);
            backpressure.whenReady(() -> accepted.accept(true));
        });
    }

    /** Takes a WebSocket that wants to take over. In the loop. */
    void beginUpgrade(WebSocketCarrier carrier) {
        if (closed) {
            carrier.close(CloseReason.PROTOCOL_ERROR);
        } else {
            upgrade.begin(carrier);
        }
    }

    /** A packet came over a WebSocket. {@code more} runs once the session is ready for the next. In the loop. */
    void received(WebSocketCarrier carrier, Object packet, Runnable more) {
        if (carrier == outlet.direct()) {
            packet(packet);
        } else {
            upgrade.received(carrier, packet);
        }
        backpressure.whenReady(more);
    }

    /** A WebSocket ended. In the loop. */
    void lost(WebSocketCarrier carrier, CloseReason reason) {
        if (carrier == outlet.direct()) {
            end(reason);
        } else {
            upgrade.abandon(carrier);
        }
    }

    /** The connection below a WebSocket is gone. What was read of it before comes first, unless nobody reads. In the loop. */
    void broken(WebSocketCarrier carrier) {
        if (backpressure.isPaused()) {
            lost(carrier, CloseReason.CONNECTION_LOST);
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
        WebSocketCarrier carrier = outlet.direct();
        if (carrier != null) {
            outlet.close();
            carrier.close(reason);
            return;
        }
        Outlet.Reader waiting = outlet.dismissReader();
        List<Frame> words = new ArrayList<>(outlet.close());
        words.add(reason == CloseReason.CLIENT_LEFT ? Packets.NOOP_FRAME : Packets.CLOSE_FRAME);
        if (waiting != null) {
            waiting.read(words);
        } else if (reason.isOrderly()) {
            lastWords = words;
            loop.schedule(() -> onGone.accept(this), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
