package dev.parley.gateway.webclient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Answers a person who comes to an address where nothing is with a page that leads back; a program gets the error as always. */
@Component
final class UnknownPageFilter implements WebFilter {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final String ROOT = "<base href=\"./\">";

    private final String page;

    UnknownPageFilter() throws IOException {
        page = new ClassPathResource("static/not-found.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return isForPerson(exchange.getRequest())
                ? chain.filter(exchange).onErrorResume(NoResourceFoundException.class, nothing -> answer(exchange))
                : chain.filter(exchange);
    }

    /** A browser that opens an address names HTML; most programs take anything. */
    private static boolean isForPerson(ServerHttpRequest request) {
        return request.getMethod() == HttpMethod.GET
                && !request.getPath().value().startsWith("/api/")
                && request.getHeaders().getAccept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
    }

    private Mono<Void> answer(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.NOT_FOUND);
        response.getHeaders().setContentType(HTML);
        String path = exchange.getRequest().getPath().value();
        String body = page.replace(ROOT, "<base href=\"" + root(path) + "\">");
        DataBuffer content = response.bufferFactory().wrap(body.getBytes(StandardCharsets.UTF_8));
        return response.writeWith(Mono.just(content));
    }

    /** Relative, because a proxy may have cut off a prefix of the path. */
    private static String root(String path) {
        long folders = path.chars().filter(character -> character == '/').count() - 1;
        return folders == 0 ? "./" : "../".repeat((int) folders);
    }
}
