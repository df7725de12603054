package dev.parley.gateway.webclient;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Serves the files of the web client by paths with a version, {@code /v/<version>/app/main.js}, for browsers to keep (RFC 8246). A page that
 * another version of the gateway made, as during an upgrade, gets the present file, and is not to keep it.
 */
@Component
final class VersionedFileFilter implements WebFilter {

    private static final Pattern PATH =
            Pattern.compile("/v/([0-9a-f]+)(/(?:" + String.join("|", WebClientFiles.FOLDERS) + ").*)");

    private static final CacheControl KEPT =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final WebClientFiles files;

    VersionedFileFilter(WebClientFiles files) {
        this.files = files;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Matcher path = PATH.matcher(exchange.getRequest().getPath().value());
        if (!path.matches()) {
            return chain.filter(exchange);
        }
        if (path.group(1).equals(files.currentVersion())) {
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> keep(exchange.getResponse())));
        }
        String file = path.group(2);
        return chain.filter(
                exchange.mutate().request(request -> request.path(file)).build());
    }

    private static void keep(ServerHttpResponse response) {
        if (response.getStatusCode() == null
                || response.getStatusCode().isSameCodeAs(HttpStatus.OK)
                || response.getStatusCode().isSameCodeAs(HttpStatus.NOT_MODIFIED)) {
            response.getHeaders().setCacheControl(KEPT);
        }
    }
}
