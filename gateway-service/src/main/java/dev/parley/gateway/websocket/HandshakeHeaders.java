package dev.parley.gateway.websocket;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Decides which headers of a WebSocket's handshake pass. They are those of any request and answer, but for what belongs to
 * one of the two connections: the key, the version, the host, and extensions, as the gateway reads and writes plain frames.
 */
@Component
final class HandshakeHeaders {

    private static final String OF_ONE_CONNECTION = "sec-websocket-";

    private static final Set<String> NOT_IN_ANSWERS = Set.of(
            "connection",
            "upgrade",
            "content-length",
            "transfer-encoding",
            Subprotocols.CHOSEN.toLowerCase(Locale.ROOT));

    private final List<HttpHeadersFilter> filters;

    HandshakeHeaders(List<HttpHeadersFilter> filters) {
        this.filters = filters;
    }

    /** The headers with which the gateway asks the node. */
    HttpHeaders toNode(ServerWebExchange exchange) {
        HttpHeaders passed = new HttpHeaders();
        HttpHeadersFilter.filterRequest(filters, exchange).forEach((name, values) -> {
            if (!isOfOneConnection(name) && !name.equalsIgnoreCase(HttpHeaders.HOST)) {
                passed.addAll(name, values);
            }
        });
        List<String> offered = Subprotocols.offered(exchange.getRequest().getHeaders());
        if (!offered.isEmpty()) {
            passed.set(Subprotocols.HEADER, String.join(", ", offered));
        }
        return passed;
    }

    /** The exchange with which the gateway accepts the client, as the node has accepted the gateway. */
    ServerWebExchange toClient(ServerWebExchange exchange, HttpHeaders answer, @Nullable String subprotocol) {
        HttpHeadersFilter.filter(filters, answer, exchange, HttpHeadersFilter.Type.RESPONSE)
                .forEach((name, values) -> {
                    if (!isOfOneConnection(name) && !NOT_IN_ANSWERS.contains(name.toLowerCase(Locale.ROOT))) {
                        exchange.getResponse().getHeaders().addAll(name, values);
                    }
                });
        // The server accepts the first subprotocol that the request offers, as Spring and as Netty see the request.
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        if (subprotocol == null) {
            request.requestHeaders().remove(Subprotocols.HEADER);
            return exchange.mutate()
                    .request(accepted -> accepted.headers(headers -> headers.remove(Subprotocols.HEADER)))
                    .build();
        }
        request.requestHeaders().set(Subprotocols.HEADER, subprotocol);
        return exchange.mutate()
                .request(accepted -> accepted.headers(headers -> headers.set(Subprotocols.HEADER, subprotocol)))
                .build();
    }

    private static boolean isOfOneConnection(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(OF_ONE_CONNECTION);
    }
}
