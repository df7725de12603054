package dev.parley.gateway.upstream;

import dev.parley.platform.deadline.Deadline;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Tells a service how long the gateway waits for its answer. What a client says of that is not believed. */
@Component
final class DeadlineHeader implements HttpHeadersFilter {

    private final String milliseconds;

    DeadlineHeader(UpstreamSettings settings) {
        this.milliseconds = Deadline.passedOn(settings.responseTimeout());
    }

    @Override
    public HttpHeaders filter(HttpHeaders asked, ServerWebExchange exchange) {
        HttpHeaders passed = new HttpHeaders();
        passed.putAll(asked);
        passed.set(Deadline.HEADER, milliseconds);
        return passed;
    }
}
