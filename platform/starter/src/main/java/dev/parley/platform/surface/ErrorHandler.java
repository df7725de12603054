package dev.parley.platform.surface;

import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.log.LogFields;
import dev.parley.platform.request.Allow;
import dev.parley.platform.request.RequestId;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Answers every failed request, in front of Spring's own handlers. */
public final class ErrorHandler implements WebExceptionHandler, Ordered {

    private final ErrorRenderer renderer;

    public ErrorHandler(ErrorRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        if (failure instanceof MethodNotAllowedException lacking) {
            Set<HttpMethod> methods = lacking.getSupportedMethods();
            exchange.getResponse().getHeaders().setAllow(Allow.of(methods));
        }
        try (LogFields fields = LogFields.ofTenant(exchange.getAttribute(LogFields.TENANT))) {
            return renderer.render(exchange, ErrorTranslation.translate(failure, RequestId.of(exchange)));
        }
    }

    @Override
    public int getOrder() {
        return -2;
    }
}
