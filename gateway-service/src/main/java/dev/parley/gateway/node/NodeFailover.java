package dev.parley.gateway.node;

import dev.parley.gateway.upstream.CircuitBreakers;
import dev.parley.gateway.upstream.UpstreamCall;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Takes a request to a node. If the node does not answer, or refuses to open a session (503), the next one is asked, until
 * all were. Only a GET is sent twice: it changes nothing and has no body. Any other goes to the next node if nothing of it was sent, because
 * the node cannot be reached or its circuit breaker is open.
 */
class NodeFailover implements GatewayFilter {

    /** Tells a node the tag for the session that it opens. A client that sends this header is not believed. */
    static final String TAG_HEADER = "Parley-Node";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ServiceNodes nodes;

    NodeFailover(ServiceNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return toAny(exchange, chain, false);
    }

    /** @param opens whether the request opens a session */
    final Mono<Void> toAny(ServerWebExchange exchange, GatewayFilterChain chain, boolean opens) {
        return toNext(exchange, chain, opens, new HashSet<>());
    }

    private Mono<Void> toNext(ServerWebExchange exchange, GatewayFilterChain chain, boolean opens, Set<Node> tried) {
        Node node = nodes.next(tried, opens);
        if (node == null) {
            return Mono.error(CircuitBreakers.unavailable(nodes.service(), RETRY_AFTER));
        }
        tried.add(node);
        Mono<Void> asked = node.guard(opens).filter(at(node, exchange, opens), chain);
        if (tried.size() >= nodes.size()) {
            return asked;
        }
        return asked.then(Mono.fromSupplier(() -> !opens || !isGet(exchange) || !cannotServe(exchange.getResponse())))
                .onErrorResume(failure -> mayGoOn(failure, exchange), failure -> Mono.just(false))
                .flatMap(answered -> {
                    if (answered) {
                        return Mono.empty();
                    }
                    forgetAnswer(exchange);
                    return toNext(exchange, chain, opens, tried);
                });
    }

    /** The exchange, as it is to go to a node. */
    static ServerWebExchange at(Node node, ServerWebExchange exchange, boolean opens) {
        exchange.getAttributes()
                .put(
                        ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
                        at(node, exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR)));
        return exchange.mutate()
                .request(request -> request.headers(headers -> mark(headers, opens ? node.tag() : null)))
                .build();
    }

    static boolean isUnanswered(Throwable failure, ServerWebExchange exchange) {
        return failure instanceof ApiException refusal
                && refusal.code() == PlatformError.UNAVAILABLE
                && !exchange.getResponse().isCommitted();
    }

    private static boolean mayGoOn(Throwable failure, ServerWebExchange exchange) {
        boolean unsent = UpstreamCall.wasUnsent(exchange);
        return isUnanswered(failure, exchange) && (unsent || isGet(exchange));
    }

    private static boolean isGet(ServerWebExchange exchange) {
        return HttpMethod.GET.equals(exchange.getRequest().getMethod());
    }

    private static boolean cannotServe(ServerHttpResponse response) {
        return !response.isCommitted() && HttpStatus.SERVICE_UNAVAILABLE.equals(response.getStatusCode());
    }

    private static URI at(Node node, URI url) {
        return UriComponentsBuilder.fromUri(url)
                .scheme(node.address().getScheme())
                .host(node.address().getHost())
                .port(node.address().getPort())
                .build(ServerWebExchangeUtils.containsEncodedParts(url))
                .toUri();
    }

    private static void mark(HttpHeaders headers, @Nullable String tag) {
        headers.remove(TAG_HEADER);
        if (tag != null) {
            headers.set(TAG_HEADER, tag);
        }
    }

    /** As if the node had not been asked. */
    private static void forgetAnswer(ServerWebExchange exchange) {
        Connection unread = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        if (unread != null) {
            unread.dispose();
        }
        exchange.getAttributes().remove(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
        exchange.getAttributes().remove(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
        ServerWebExchangeUtils.reset(exchange);
        exchange.getResponse().setStatusCode(null);
        exchange.getResponse().getHeaders().remove(HttpHeaders.RETRY_AFTER);
    }
}
