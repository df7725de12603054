package dev.parley.gateway.webclient;

import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Serves the first page of a folder like its other files, so that browsers keep it and ask whether it changed. */
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

    /** Relative, because the platform may be under a prefix that a proxy has cut off. */
    private static Mono<Void> redirect(ServerWebExchange exchange, String folder) {
        String last = folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1);
        exchange.getResponse().setStatusCode(HttpStatus.PERMANENT_REDIRECT);
        exchange.getResponse().getHeaders().setLocation(URI.create(last));
        return exchange.getResponse().setComplete();
    }
}
