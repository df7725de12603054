package dev.parley.gateway.access;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.surface.ErrorRenderer;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers requests that Spring's firewall stops, such as one whose path has {@code ..} or an encoded slash in it. */
@Component
final class FirewallRejectionHandler implements ServerExchangeRejectedHandler {

    private final ErrorRenderer errors;

    FirewallRejectionHandler(ErrorRenderer errors) {
        this.errors = errors;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException rejected) {
        return errors.render(
                exchange, ApiException.of(PlatformError.MALFORMED_REQUEST, "The path or a header is not acceptable"));
    }
}
