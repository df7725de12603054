package dev.parley.gateway.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import reactor.netty.Connection;

/**
 * What clients and nodes agree on about the meaning of their messages (RFC 6455, section 1.9). A client offers some
 * subprotocols, and the node chooses one of them, or none.
 *
 * <p>Netty's client has no place for a node that chooses none: it fails the handshake. So the gateway writes the offer as a
 * plain header, hides the choice from Netty, and checks it by itself.
 */
final class Subprotocols {

    static final String HEADER = "Sec-WebSocket-Protocol";

    /** Holds the node's choice inside of the gateway. */
    static final String CHOSEN = "Parley-Chosen-Subprotocol";

    private Subprotocols() {}

    /** In the client's order. */
    static List<String> offered(HttpHeaders handshake) {
        return handshake.getOrEmpty(HEADER).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Null if the node chose none. */
    static @Nullable String chosen(HttpHeaders answer) {
        return answer.getFirst(CHOSEN);
    }

    static void hideChoice(Connection node) {
        node.addHandlerFirst("parley.subprotocol", new HideChoice());
    }

    private static final class HideChoice extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpResponse answer) {
                String chosen = answer.headers().get(HEADER);
                answer.headers().remove(HEADER).remove(CHOSEN);
                if (chosen != null) {
                    answer.headers().set(CHOSEN, chosen);
                }
                context.pipeline().remove(this);
            }
            context.fireChannelRead(message);
        }
    }
}
