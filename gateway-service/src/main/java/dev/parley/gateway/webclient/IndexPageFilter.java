package dev.parley.gateway.webclient;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Serves the index page of a folder like any other file, so that browsers cache it and ask whether it has changed. */
@Component
final class IndexPageFilter implements WebFilter {

    private static final Map<String, String> PAGES = Map.of("/", "/index.html", "/docs/", "/docs/index.html");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        if (PAGES.containsKey(path + "/")) {
            return redirect(exchange, path + "/");
        }
        String page = PAGES.get(path);
        return page == null
                ? chain.filter(exchange)
                : chain.filter(
                        exchange.mutate().request(request -> request.path(page)).build());
    }

    /** The address is relative, because a proxy may have cut off a prefix of the path. */
    private static Mono<Void> redirect(ServerWebExchange exchange, String folder) {
        String last = folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1);
        exchange.getResponse().setStatusCode(HttpStatus.PERMANENT_REDIRECT);
        exchange.getResponse().getHeaders().setLocation(URI.create(last));
        return exchange.getResponse().setComplete();
    }
}
