package dev.parley.presence.transport;

import dev.parley.platform.trace.TraceSpan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Sends one event to many recipients: encodes and frames it once for each wire form, and hands each event loop one task.
 *
 * <p>Every recipient receives messages in the order of the calls, from whatever threads, as far as one call ends before the
 * next begins.
 */
public final class Fanout {

    private final OutboundLimits limits;
    private final TransportMetrics metrics;
    private final Map<EventLoop, LoopWriter> writers = new ConcurrentHashMap<>();

    public Fanout(OutboundLimits limits, TransportMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
    }

    public OutboundLimits limits() {
        return limits;
    }

    public TransportMetrics metrics() {
        return metrics;
    }

    /**
     * Registers an open WebSocket for writing.
     *
     * @param onOverflow runs in the channel's loop, at most once and in the middle of a write, when more is pending than
     *     the limit allows; it must close the WebSocket, but not within the call
     */
    public WebSocketChannel webSocket(Channel channel, Runnable onOverflow) {
        LoopWriter writer = writers.computeIfAbsent(channel.eventLoop(), loop -> new LoopWriter(loop, limits, metrics));
        return new WebSocketChannel(channel, writer, limits, metrics, onOverflow);
    }

    /** The outbound queue of a client that has no WebSocket (yet). {@code onOverflow} may run more than once. */
    public OutboundQueue newOutboundQueue(Runnable onOverflow) {
        return new OutboundQueue(limits, metrics, onOverflow);
    }

    /**
     * Sends an event to all recipients.
     *
     * @param encoder called at most once for each wire form; null leaves out the recipients of that form
     * @return to how many recipients it was handed
     */
    public int send(Iterable<? extends Recipient> recipients, Function<WireForm, @Nullable WireMessage> encoder) {
        return send(recipients, encoder, null);
    }

    /**
     * Sends an event to all recipients.
     *
     * @param writes begins the span of writing to a recipient, which ends when it is written or dropped; null for an event that
     *     is in no trace
     */
    public <R extends Recipient> int send(
            Iterable<R> recipients,
            Function<WireForm, @Nullable WireMessage> encoder,
            @Nullable Function<? super R, TraceSpan> writes) {
        Map<WireForm, Shared> byForm = new IdentityHashMap<>(4);
        int count = 0;
        try {
            for (R recipient : recipients) {
                Shared shared = byForm.computeIfAbsent(recipient.form(), form -> encode(form, encoder));
                count += shared.add(recipient, writes == null ? TraceSpan.NONE : writes.apply(recipient));
            }
        } finally {
            byForm.values().forEach(Shared::submit);
        }
        return count;
    }

    /**
     * Completes when every loop has written what was sent before the subscription. A producer that waits for it now and
     * then cannot get far ahead of the loops.
     *
     * <p>Never completes in an event loop's thread: that loop may be in the middle of a write and hold a recipient's lock,
     * and the subscriber may wait for another thread that sends to this recipient.
     */
    public Mono<Void> whenWritten() {
        return Mono.defer(() -> Mono.when(
                        writers.values().stream().map(Fanout::whenWritten).toList()))
                .publishOn(Schedulers.parallel());
    }

    private static Mono<Void> whenWritten(LoopWriter writer) {
        return Mono.create(sink -> writer.submit(new WriteMarker(sink)));
    }

    private Shared encode(WireForm form, Function<WireForm, @Nullable WireMessage> encoder) {
        WireMessage message = encoder.apply(form);
        if (message != null) {
            metrics.encoded();
        }
        return new Shared(message);
    }

    /** One encoded message with the recipients that read its form. */
    private static final class Shared {

        private final @Nullable WireMessage message;
        private final Map<LoopWriter, List<WebSocketChannel>> byLoop = new IdentityHashMap<>(4);
        private Map<WebSocketChannel, TraceSpan> spans = Map.of();

        Shared(@Nullable WireMessage message) {
            this.message = message;
        }

        int add(Recipient recipient, TraceSpan span) {
            if (message == null) {
                span.end();
                return 0;
            }
            WebSocketChannel webSocket = recipient.webSocket();
            if (webSocket == null) {
                recipient.deliver(message);
                span.with("parley.write", "queued").end();
            } else {
                if (span != TraceSpan.NONE) {
                    spans = spans.isEmpty() ? new IdentityHashMap<>() : spans;
                    spans.put(webSocket, span);
                }
                byLoop.computeIfAbsent(webSocket.writer(), writer -> new ArrayList<>())
                        .add(webSocket);
            }
            return 1;
        }

        void submit() {
            if (message == null || byLoop.isEmpty()) {
                return;
            }
            ByteBuf wire = message.toWire(ByteBufAllocator.DEFAULT);
            try {
                byLoop.forEach(
                        (writer, webSockets) -> writer.submit(wire.retain(), message.droppable(), webSockets, spans));
            } finally {
                wire.release();
            }
        }
    }

    private record WriteMarker(MonoSink<Void> sink) implements LoopWriter.Delivery {

        @Override
        public int run() {
            sink.success();
            return 0;
        }

        @Override
        public void discard() {
            sink.success();
        }
    }
}
