package dev.parley.gateway.route;

import dev.parley.platform.request.Allow;
import dev.parley.platform.request.RequestId;
import dev.parley.platform.security.AllowedMethods;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Removes headers from a service's answer that the gateway itself sets, so that a client does not get them twice. A service
 * does not know which methods of a path another one serves: {@code Allow} is completed.
 */
@Component
final class ResponseHeadersFilter implements HttpHeadersFilter {

    private final AllowedMethods methods;

    ResponseHeadersFilter(AllowedMethods methods) {
        this.methods = methods;
    }

    @Override
    public HttpHeaders filter(HttpHeaders answered, ServerWebExchange exchange) {
        HttpHeaders passed = new HttpHeaders();
        answered.forEach((name, values) -> {
            if (!isOurs(name)) {
                passed.addAll(name, values);
            }
        });
        if (answered.containsHeader(HttpHeaders.ALLOW)) {
            Set<HttpMethod> allowed = new HashSet<>(answered.getAllow());
            allowed.addAll(methods.of(exchange.getRequest().getPath().pathWithinApplication()));
            passed.setAllow(Allow.of(allowed));
        }
        return passed;
    }

    private static boolean isOurs(String name) {
        return name.equalsIgnoreCase(RequestId.HEADER)
                || name.toLowerCase(Locale.ROOT).startsWith("access-control-");
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}
