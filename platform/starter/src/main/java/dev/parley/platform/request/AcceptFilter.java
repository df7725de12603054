package dev.parley.platform.request;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Refuses a request that would change something and does not accept JSON. Spring would find out only when the answer is
 * written, after the change was made.
 */
final class AcceptFilter implements WebFilter {

    private static final PathPattern API = PathPatternParser.defaultInstance.parse("/api/**");

    private static final Set<HttpMethod> WRITES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final MediaType ANY_JSON = new MediaType("application", "*+json");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        return headers.containsHeader(HttpHeaders.ACCEPT)
                        && WRITES.contains(exchange.getRequest().getMethod())
                        && API.matches(exchange.getRequest().getPath().pathWithinApplication())
                        && !acceptsJson(headers)
                ? Mono.error(ApiException.of(PlatformError.NOT_ACCEPTABLE, "The answer would be application/json"))
                : chain.filter(exchange);
    }

    private static boolean acceptsJson(HttpHeaders headers) {
        try {
            return headers.getAccept().isEmpty()
                    || headers.getAccept().stream()
                            .anyMatch(range -> range.getQualityValue() > 0
                                    && (range.isCompatibleWith(MediaType.APPLICATION_JSON)
                                            || range.isCompatibleWith(ANY_JSON)));
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }
}
