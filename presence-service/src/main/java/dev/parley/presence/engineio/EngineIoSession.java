package dev.parley.presence.engineio;

import dev.parley.presence.transport.AddressLimiter;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Frame;
import dev.parley.presence.transport.OutboundQueue;
import dev.parley.presence.transport.WebSocketChannel;
import dev.parley.presence.transport.WireMessage;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session of one client, over whichever transport the client uses at the moment.
 *
 * <p>All state belongs to one event loop for the whole session; requests that arrive on other loops continue on this one.
 * Messages go through the {@link OutboundQueue} and may be sent from any thread.
 */
public final class EngineIoSession {

    /** How long the final packets wait for a poll. */
    private static final long FINAL_PACKETS_SECONDS = 10;

    private final String id;
    private final EventLoop loop;
    private final EngineIoSettings settings;
    private final ClientRequest request;
    private final AddressLimiter.Place place;
    private final Fanout fanout;
    private final Consumer<EngineIoSession> onRemoved;
    private final OutboundQueue outbound;
    private final PingTimer pings;
    private final AtomicBoolean posting = new AtomicBoolean();
    private final Upgrade upgrade;
    private volatile int maxPacketBytes;
    private volatile boolean awaitsAdmission;

    // Only used in the event loop.
    private @Nullable SessionListener listener;
    private boolean closed;
    private @Nullable List<Frame> finalPackets;

    EngineIoSession(
            String id,
            EventLoop loop,
            EngineIoSettings settings,
            ClientRequest request,
            AddressLimiter.Place place,
            Fanout fanout,
            Consumer<EngineIoSession> onRemoved) {
        this.id = id;
        this.loop = loop;
        this.settings = settings;
        this.request = request;
        this.place = place;
        this.maxPacketBytes = settings.maxPayloadBytes();
        this.fanout = fanout;
        this.onRemoved = onRemoved;
        this.outbound = fanout.newOutboundQueue(this::overflowed);
        this.upgrade = new Upgrade(loop, settings, outbound);
        this.pings =
                new PingTimer(loop, settings, () -> send(Packets.PING_MESSAGE), () -> end(CloseReason.PING_TIMEOUT));
    }

    public String id() {
        return id;
    }

    /** The event loop that calls the listener. */
    public EventLoop loop() {
        return loop;
    }

    /** The request that opened the session. */
    public ClientRequest request() {
        return request;
    }

    /**
     * Takes only small packets until {@link #admitted}, because nobody knows the client yet. For the listener, before
     * anything is received.
     *
     * @param maxBytes of one packet
     */
    public void awaitAdmission(int maxBytes) {
        maxPacketBytes = Math.min(maxBytes, settings.maxPayloadBytes());
        awaitsAdmission = true;
    }

    /** The client is known now. */
    public void admitted() {
        place.admitted();
        maxPacketBytes = settings.maxPayloadBytes();
        awaitsAdmission = false;
    }

    /** Counts that the client was refused for what it said who it is. */
    public void admissionFailed() {
        place.failed();
    }

    /** Whether the client may say who it is: not if nobody knows it yet and clients of its address were refused too often. */
    public boolean mayTryAdmission() {
        return !awaitsAdmission || place.mayTry();
    }

    boolean awaitsAdmission() {
        return awaitsAdmission;
    }

    /** How large the next packet may be. Any thread. */
    int maxPacketBytes() {
        return maxPacketBytes;
    }

    /** The outbound queue of the client. Messages in it must be packets of this protocol. */
    public OutboundQueue outbound() {
        return outbound;
    }

    /** Sends packets; see {@link OutboundQueue#send}. */
    public void send(WireMessage message) {
        outbound.send(message);
    }

    /** Closes the session. What was sent before still goes out if the reason is an orderly one. Any thread. */
    public void close(CloseReason reason) {
        inLoop(() -> end(reason));
    }

    /** Runs an action in the session's loop, at once if the caller is in it. */
    public void inLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.execute(action);
        }
    }

    /** Opens the session, with its first WebSocket or by polling. In the loop. */
    void open(@Nullable WebSocketChannel webSocket, SessionListener.Factory listeners) {
        fanout.metrics().sessionOpened();
        if (webSocket != null) {
            webSocket.send(WireMessage.of(Packets.open(id, false, settings)));
            outbound.switchTo(webSocket);
        }
        pings.restart();
        listener = listeners.opened(this);
    }

    /** A poll arrived. It is answered now or later, from any thread. */
    void poll(Poll poll) {
        loop.execute(() -> {
            if (finalPackets != null) {
                poll.read(finalPackets);
                finalPackets = null;
                onRemoved.accept(this);
            } else if (closed) {
                poll.refuse(RequestError.UNKNOWN_SESSION);
            } else if (outbound.webSocket() != null) {
                poll.refuse(RequestError.BAD_REQUEST);
            } else if (!outbound.read(poll)) {
                poll.refuse(RequestError.BAD_REQUEST);
                end(CloseReason.PROTOCOL_ERROR);
            } else {
                upgrade.polled(poll);
            }
        });
    }

    /** The client closed the connection of a poll. */
    void pollCancelled(Poll poll) {
        loop.execute(() -> {
            if (outbound.removeReader(poll) || poll.cancel()) {
                end(CloseReason.CONNECTION_LOST);
            }
        });
    }

    /** Packets were handed to a poll whose client had closed the connection. */
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

    /** Packets were posted. Calls {@code accepted} with whether the session took them. */
    void posted(List<Object> packets, Consumer<Boolean> accepted) {
        loop.execute(() -> {
            if (closed || outbound.webSocket() != null) {
                accepted.accept(false);
                return;
            }
            packets.forEach(this::packet);
            accepted.accept(true);
        });
    }

    /** Accepts a WebSocket to which the client wants to upgrade. In the loop. */
    void beginUpgrade(WebSocketChannel webSocket) {
        if (closed) {
            webSocket.close(CloseReason.PROTOCOL_ERROR);
        } else {
            upgrade.begin(webSocket);
        }
    }

    /** A packet arrived over a WebSocket. In the loop. */
    void received(WebSocketChannel webSocket, Object packet) {
        if (webSocket == outbound.webSocket()) {
            packet(packet);
        } else {
            upgrade.received(webSocket, packet);
        }
    }

    /** A WebSocket was closed. In the loop. */
    void lost(WebSocketChannel webSocket, CloseReason reason) {
        if (webSocket == outbound.webSocket()) {
            end(reason);
        } else {
            upgrade.abandon(webSocket);
        }
    }

    private void packet(Object packet) {
        if (closed || listener == null) {
            return;
        }
        int size = packet instanceof byte[] bytes ? bytes.length : ((String) packet).length();
        if (size > maxPacketBytes) {
            end(CloseReason.TOO_LARGE);
            return;
        }
        if (packet instanceof byte[] bytes) {
            listener.binary(bytes);
            return;
        }
        String text = (String) packet;
        switch (Packets.isKnown(text) ? text.charAt(0) : Packets.OPEN) {
            case Packets.MESSAGE -> listener.text(text.substring(1));
            case Packets.PONG -> pings.restart();
            case Packets.CLOSE -> end(CloseReason.CLIENT_LEFT);
            case Packets.UPGRADE, Packets.NOOP -> {}
            default -> end(CloseReason.PROTOCOL_ERROR);
        }
    }

    /**
     * More is pending than the limit allows. Any thread; ends the session later, because the caller is in the middle of a
     * write.
     */
    void overflowed() {
        loop.execute(() -> end(CloseReason.SLOW_READER));
    }

    private void end(CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        place.leave();
        pings.stop();
        fanout.metrics().sessionClosed(reason);
        upgrade.abandon();
        if (listener != null) {
            listener.closed(reason);
        }
        sendFinalPackets(reason);
        if (finalPackets == null) {
            onRemoved.accept(this);
        }
    }

    private void sendFinalPackets(CloseReason reason) {
        WebSocketChannel webSocket = outbound.webSocket();
        if (webSocket != null) {
            outbound.close();
            webSocket.close(reason);
            return;
        }
        OutboundQueue.Reader waiting = outbound.removeReader();
        List<Frame> packets = new ArrayList<>(outbound.close());
        packets.add(reason == CloseReason.CLIENT_LEFT ? Packets.NOOP_FRAME : Packets.CLOSE_FRAME);
        if (waiting != null) {
            waiting.read(packets);
        } else if (reason.isOrderly()) {
            finalPackets = packets;
            loop.schedule(() -> onRemoved.accept(this), FINAL_PACKETS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
