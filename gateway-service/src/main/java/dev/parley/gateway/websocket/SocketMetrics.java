package dev.parley.gateway.websocket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Counts what passes through the sockets, and measures what waits for an end that reads slowly. */
@Component
final class SocketMetrics {

    /** One end of all sockets, to which messages go. */
    static final class End {

        private final Counter messages;
        private final Counter bytes;
        private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

        private End(String name, MeterRegistry meters) {
            this.messages = Counter.builder("parley.gateway.socket.messages")
                    .description("WebSocket messages that passed, pings and pongs among them")
                    .tag("to", name)
                    .register(meters);
            this.bytes = Counter.builder("parley.gateway.socket.bytes")
                    .description("Bytes of the WebSocket messages that passed")
                    .baseUnit("bytes")
                    .tag("to", name)
                    .register(meters);
            Gauge.builder("parley.gateway.socket.waiting", this, End::waiting)
                    .description("Bytes that wait in the gateway because the end reads slowly")
                    .baseUnit("bytes")
                    .tag("to", name)
                    .register(meters);
        }

        void passed(int size) {
            messages.increment();
            bytes.increment(size);
        }

        void opened(Channel channel) {
            channels.add(channel);
            channel.closeFuture().addListener(closed -> channels.remove(channel));
        }

        private double waiting() {
            long waiting = 0;
            for (Channel channel : channels) {
                ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
                waiting += buffer == null ? 0 : buffer.totalPendingWriteBytes();
            }
            return waiting;
        }
    }

    private final End clients;
    private final End nodes;

    SocketMetrics(MeterRegistry meters) {
        this.clients = new End("client", meters);
        this.nodes = new End("node", meters);
    }

    End clients() {
        return clients;
    }

    End nodes() {
        return nodes;
    }
}
