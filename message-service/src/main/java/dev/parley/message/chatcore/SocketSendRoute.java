package dev.parley.message.chatcore;

import dev.parley.platform.direct.DirectRoutes;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.netty.http.server.HttpServerRoutes;

/** Takes messages from presence-service that chat-core clients send over their sockets. */
@Component
final class SocketSendRoute implements NettyRouteProvider {

    private static final String ROUTE = "/internal/conversations/{conversationId}/messages";

    private final DirectRoutes direct;
    private final SendHandler sends;

    SocketSendRoute(DirectRoutes direct, SendHandler sends) {
        this.direct = direct;
        this.sends = sends;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.post(
                ROUTE,
                direct.answering(
                        ROUTE,
                        HttpStatus.CREATED,
                        (caller, call) -> sends.send(caller, call.variable("conversationId"), call.body(), null)));
    }
}
