package dev.parley.media.tus;

import dev.parley.media.file.FileKind;
import dev.parley.media.file.FileRules;
import dev.parley.platform.security.Caller;
import java.util.stream.Stream;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Says in every answer, also in an error, which version of the protocol it is, and tells who asks with {@code OPTIONS} what
 * the server can do.
 */
@Component
final class TusFilter implements WebFilter, Ordered {

    private static final PathPattern PATHS = PathPatternParser.defaultInstance.parse(Tus.PATH + "/**");

    private final FileRules rules;

    TusFilter(FileRules rules) {
        this.rules = rules;
    }

    /** After authentication: the limits are the tenant's. */
    @Override
    public int getOrder() {
        return 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!PATHS.matches(exchange.getRequest().getPath().pathWithinApplication())) {
            return chain.filter(exchange);
        }
        exchange.getResponse().getHeaders().set(Tus.TUS_RESUMABLE, Tus.VERSION);
        exchange.getResponse().getHeaders().set(Tus.TUS_VERSION, Tus.VERSION);
        Mono<Void> answer = chain.filter(exchange);
        return exchange.getRequest().getMethod() == HttpMethod.OPTIONS
                ? exchange.getPrincipal()
                        .ofType(JwtAuthenticationToken.class)
                        .doOnNext(principal -> describe(
                                exchange.getResponse().getHeaders(),
                                Caller.of(principal.getToken()).tenantId()))
                        .then(answer)
                : answer;
    }

    private void describe(HttpHeaders headers, String tenantId) {
        long largest = Stream.of(FileKind.values())
                .mapToLong(kind -> rules.maxSize(tenantId, kind))
                .max()
                .orElseThrow();
        headers.set(Tus.TUS_EXTENSION, Tus.EXTENSIONS);
        headers.set(Tus.TUS_CHECKSUM_ALGORITHM, UploadChecksum.NAMES);
        headers.set(Tus.TUS_MAX_SIZE, Long.toString(largest));
    }
}
