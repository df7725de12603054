package dev.parley.platform.security;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Has requests that Spring's firewall stops, such as one whose path has {@code ..} or an encoded slash in it, answered as any
 * other that cannot be read. Without a body, another service would take the answer for a failure.
 */
final class FirewallRejectionHandler implements ServerExchangeRejectedHandler {

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException rejected) {
        return Mono.error(ApiException.of(PlatformError.MALFORMED_REQUEST, "The path or a header is not acceptable"));
    }
}
