package dev.parley.platform.service;

import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.direct.DirectClient;
import dev.parley.platform.request.RequestId;
import dev.parley.platform.security.BearerToken;
import dev.parley.platform.trace.TraceSpan;
import dev.parley.platform.trace.Tracing;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** Makes the HTTP clients with which one service calls another. */
public final class ServiceClients {

    private static final String SERVICE = "service";

    /** Where Spring notes the address as it was before ids were put in. */
    private static final String URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

    private static final Pattern ADDRESS = Pattern.compile("^https?://[^/]*");

    private final WebClient.Builder builder;
    private final HttpClient http;
    private final JsonMapper json;
    private final Tracing tracing;

    /** Bytes. */
    private final long maxAnswer;

    private final String secret;
    private final Duration timeout;

    ServiceClients(
            WebClient.Builder builder,
            ServiceClientSettings settings,
            String secret,
            JsonMapper json,
            DataSize maxAnswer,
            List<HttpClientCustomizer> customizers,
            Tracing tracing) {
        this.tracing = tracing;
        this.maxAnswer = maxAnswer.isNegative() ? Long.MAX_VALUE : maxAnswer.toBytes();
        this.json = json;
        this.secret = secret;
        this.timeout = settings.timeout();
        ConnectionProvider connections = ConnectionProvider.builder("services")
                .maxConnections(settings.maxConnections())
                .pendingAcquireMaxCount(settings.maxWaiting())
                .pendingAcquireTimeout(settings.timeout())
                // The connection that was used last: all others may rest, and the processor knows that one.
                .lifo()
                .build();
        HttpClient plain = HttpClient.create(connections)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.timeout().toMillis()))
                .responseTimeout(settings.timeout());
        HttpClient customized = plain;
        for (HttpClientCustomizer customizer : customizers) {
            customized = customizer.apply(customized);
        }
        this.http = customized;
        this.builder = builder.clone()
                .clientConnector(new ReactorClientHttpConnector(http))
                .filter(requestId())
                .filter(deadline(timeout))
                .filters(filters -> {
                    if (tracing.isOn()) {
                        filters.add(trace(tracing));
                    }
                })
                .defaultStatusHandler(HttpStatusCode::isError, RelayedError::from);
    }

    /**
     * A client of the service at the given address. A call passes the request id and the deadline on; an error answer becomes the
     * {@link dev.parley.platform.error.ApiException} that the other service meant; no answer in time fails with an
     * exception that is rendered as 503.
     */
    public WebClient at(URI service) {
        return builder.clone().baseUrl(service.toString()).build();
    }

    /** Like {@link #at}, for what the platform itself asks, in nobody's name: it shows the secret of the services. */
    public WebClient platformAt(URI service) {
        return builder.clone()
                .baseUrl(service + "/internal/platform")
                .defaultHeaders(headers -> headers.setBasicAuth(SERVICE, secret))
                .build();
    }

    /** A client of the direct routes of the service at the given address. */
    public DirectClient directly(URI service) {
        return new DirectClient(http.baseUrl(service.toString()), json, RelayedError::of, maxAnswer, timeout, tracing);
    }

    /** Makes a call in the name of a token's bearer. */
    public static Consumer<HttpHeaders> as(BearerToken token) {
        return headers -> headers.setBearerAuth(token.value());
    }

    /** The other service knows how long this one waits, and this one waits no longer. */
    private static ExchangeFilterFunction deadline(Duration timeout) {
        return (request, next) -> Mono.deferContextual(context -> {
            Duration left = Deadline.left(context, timeout);
            return next.exchange(ClientRequest.from(request)
                            .header(Deadline.HEADER, Deadline.passedOn(left))
                            .build())
                    .timeout(left);
        });
    }

    /** What stands in an address may be more than ids: the span has its pattern, where it has one. */
    private static ExchangeFilterFunction trace(Tracing tracing) {
        return (request, next) -> Mono.deferContextual(context -> {
            TraceSpan span = tracing.calling(request.method().name(), TraceSpan.of(context));
            String header = span.header();
            if (header == null) {
                return next.exchange(request);
            }
            return span.with("http.request.method", request.method().name())
                    .with("url.template", pattern(request))
                    .around(next.exchange(ClientRequest.from(request)
                                    .header(TraceSpan.HEADER, header)
                                    .build())
                            .doOnNext(
                                    answer -> span.answered(answer.statusCode().value())));
        });
    }

    /** Without the address of the service. */
    private static @Nullable String pattern(ClientRequest request) {
        Object template = request.attributes().get(URI_TEMPLATE);
        return template == null ? null : ADDRESS.matcher(template.toString()).replaceFirst("");
    }

    private static ExchangeFilterFunction requestId() {
        return (request, next) -> Mono.deferContextual(context -> {
            String id = context.getOrDefault(RequestId.CONTEXT_KEY, "");
            ClientRequest passed = id == null || id.isEmpty()
                    ? request
                    : ClientRequest.from(request).header(RequestId.HEADER, id).build();
            return next.exchange(passed);
        });
    }
}
