package dev.parley.presence.transport;

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
 * Sends one event to many: encoded once and framed once for each wire form, one task for each event loop.
 *
 * <p>Every recipient sees what is sent to it in the order of the calls, whatever threads they come from, as far as one
 * call ends before the next begins.
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
     * Takes an open WebSocket into service.
     *
     * @param onOverflow runs in the channel's loop, at most once and in the middle of a write, when the bound is
     *     passed; it must see to it that the webSocket is closed, but not within the call
     */
    public WebSocketChannel webSocket(Channel channel, Runnable onOverflow) {
        LoopWriter writer = writers.computeIfAbsent(channel.eventLoop(), loop -> new LoopWriter(loop, limits, metrics));
        return new WebSocketChannel(channel, writer, limits, metrics, onOverflow);
    }

    /** The way out to a client that does not have a WebSocket (yet). {@code onOverflow} may run more than once. */
    public OutboundQueue outbound(Runnable onOverflow) {
        return new OutboundQueue(limits, metrics, onOverflow);
    }

    /**
     * Sends an event to all recipients.
     *
     * @param encoder called at most once for each wire form; null leaves out the recipients of that form
     * @return how many recipients it was handed to
     */
    public int send(Iterable<? extends Recipient> recipients, Function<WireForm, @Nullable Message> encoder) {
        Map<WireForm, Shared> byForm = new IdentityHashMap<>(4);
        int count = 0;
        try {
            for (Recipient recipient : recipients) {
                Shared shared = byForm.computeIfAbsent(recipient.form(), form -> encode(form, encoder));
                count += shared.add(recipient);
            }
        } finally {
            byForm.values().forEach(Shared::submit);
        }
        return count;
    }

    /**
     * Completes when every loop has written what was sent before this was subscribed to. A producer that waits for it
     * now and then cannot run ahead of the loops.
     *
     * <p>Goes on in no loop: that one may be in the middle of a write, with the lock of a recipient, and whoever goes on may
     * wait for somebody who sends to that recipient.
     */
    public Mono<Void> settled() {
        return Mono.defer(() ->
                        Mono.when(writers.values().stream().map(Fanout::settled).toList()))
                .publishOn(Schedulers.parallel());
    }

    private static Mono<Void> settled(LoopWriter writer) {
        return Mono.create(sink -> writer.submit(new Mark(sink)));
    }

    private Shared encode(WireForm form, Function<WireForm, @Nullable Message> encoder) {
        Message message = encoder.apply(form);
        if (message != null) {
            metrics.encoded();
        }
        return new Shared(message);
    }

    /** One encoded message on its way to the recipients of one form. */
    private static final class Shared {

        private final @Nullable Message message;
        private final Map<LoopWriter, List<WebSocketChannel>> byLoop = new IdentityHashMap<>(4);

        Shared(@Nullable Message message) {
            this.message = message;
        }

        int add(Recipient recipient) {
            if (message == null) {
                return 0;
            }
            WebSocketChannel webSocket = recipient.direct();
            if (webSocket == null) {
                recipient.deliver(message);
            } else {
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
                byLoop.forEach((writer, webSockets) -> writer.submit(wire.retain(), message.droppable(), webSockets));
            } finally {
                wire.release();
            }
        }
    }

    private record Mark(MonoSink<Void> sink) implements LoopWriter.Delivery {

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
