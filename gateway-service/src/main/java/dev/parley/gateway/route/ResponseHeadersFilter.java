package dev.parley.gateway.route;

import dev.parley.platform.request.RequestId;
import java.util.Locale;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Removes headers from a service's answer that the gateway itself sets, so that a client does not get them twice. */
@Component
final class ResponseHeadersFilter implements HttpHeadersFilter {

    @Override
    public HttpHeaders filter(HttpHeaders answered, ServerWebExchange exchange) {
        HttpHeaders passed = new HttpHeaders();
        answered.forEach((name, values) -> {
            if (!isOurs(name)) {
                passed.addAll(name, values);
            }
        });
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
