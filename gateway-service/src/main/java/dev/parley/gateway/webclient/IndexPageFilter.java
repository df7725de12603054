package dev.parley.gateway.webclient;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Serves the front page and the index page of the documentation, so that browsers cache them and ask whether they have changed. */
@Component
final class IndexPageFilter implements WebFilter {

    private static final String FRONT = "/";
    private static final String DOCS = "/docs/";
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final WebClientFiles files;

    IndexPageFilter(WebClientFiles files) {
        this.files = files;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return switch (exchange.getRequest().getPath().value()) {
            case FRONT -> isRead(exchange) ? frontPage(exchange) : chain.filter(exchange);
            case DOCS ->
                chain.filter(exchange.mutate()
                        .request(request -> request.path("/docs/index.html"))
                        .build());
            case "/docs" -> redirect(exchange, "docs/");
            default -> chain.filter(exchange);
        };
    }

    private static boolean isRead(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        return method == HttpMethod.GET || method == HttpMethod.HEAD;
    }

    private Mono<Void> frontPage(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setCacheControl(CacheControl.noCache());
        if (exchange.checkNotModified(files.frontPageTag())) {
            return response.setComplete();
        }
        byte[] page = files.frontPage();
        response.getHeaders().setContentType(HTML);
        response.getHeaders().setContentLength(page.length);
        if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
            return response.setComplete();
        }
        DataBuffer content = response.bufferFactory().wrap(page);
        return response.writeWith(Mono.just(content));
    }

    /** The address is relative, because a proxy may have cut off a prefix of the path. */
    private static Mono<Void> redirect(ServerWebExchange exchange, String folder) {
        exchange.getResponse().setStatusCode(HttpStatus.PERMANENT_REDIRECT);
        exchange.getResponse().getHeaders().setLocation(URI.create(folder));
        return exchange.getResponse().setComplete();
    }
}
