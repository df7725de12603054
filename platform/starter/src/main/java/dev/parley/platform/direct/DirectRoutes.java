package dev.parley.platform.direct;

import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.disk.WriteAdmission;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.id.Ids;
import dev.parley.platform.json.RequestJson;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CallerProfiles;
import dev.parley.platform.security.TokenVerifier;
import dev.parley.platform.surface.ErrorRenderer;
import dev.parley.platform.surface.FailedRequest;
import dev.parley.platform.trace.TraceSpan;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * The serving side of calls that write. The token is verified, the body bounded, a write without room for it refused, and a failure
 * answered as everywhere else. Measured as
 * {@code parley.direct.requests}, by route and status.
 */
public final class DirectRoutes {

    /** What a call does. */
    public interface Action {

        /** @return what it is answered with, as JSON */
        Mono<?> run(Caller caller, Call call);
    }

    /** @param body as it was written */
    public record Call(HttpServerRequest request, String body) {

        /** A variable of the route's path. */
        public String variable(String name) {
            String value = request.param(name);
            if (value == null) {
                throw new IllegalArgumentException("The path has no variable " + name);
            }
            return UriUtils.decode(value, StandardCharsets.UTF_8);
        }
    }

    private static final String METRIC = "parley.direct.requests";

    /** In place of the status, where the caller did not wait for the answer. */
    private static final String ABORTED = "aborted";

    private final TokenVerifier verifier;
    private final CallerProfiles profiles;
    private final JsonMapper json;
    private final ErrorRenderer errors;
    private final MeterRegistry meters;
    private final WriteAdmission writes;
    private final long maxBody;
    private final Duration timeLimit;
    private final Tracing tracing;

    /**
     * @param maxBody of a request
     * @param timeLimit how long a call may take when its body has come; less if the caller says so
     */
    public DirectRoutes(
            TokenVerifier verifier,
            CallerProfiles profiles,
            JsonMapper json,
            ErrorRenderer errors,
            MeterRegistry meters,
            WriteAdmission writes,
            DataSize maxBody,
            Duration timeLimit,
            Tracing tracing) {
        this.tracing = tracing;
        this.verifier = verifier;
        this.profiles = profiles;
        this.json = json;
        this.errors = errors;
        this.meters = meters;
        this.writes = writes;
        this.timeLimit = timeLimit;
        this.maxBody = maxBody.isNegative() ? Long.MAX_VALUE - 1 : maxBody.toBytes();
    }

    /** A handler that answers with a status where the action succeeds. */
    public BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answering(
            String route, HttpStatus status, Action action) {
        return (request, response) -> {
            Timer.Sample begun = Timer.start(meters);
            TraceSpan span = serving(route, request);
            return body(request)
                    .flatMap(body -> run(request, body, action))
                    .transform(span::around)
                    .doOnNext(answer -> response.status(status.value())
                            .header(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON))
                    .onErrorResume(failure -> Mono.just(refused(request, response, failure)))
                    .flatMap(answer -> response.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(answer.length))
                            .sendByteArray(Mono.just(answer))
                            .then())
                    .doFinally(end -> begun.stop(timer(
                            route,
                            end == SignalType.ON_COMPLETE
                                    ? Integer.toString(response.status().code())
                                    : ABORTED)));
        };
    }

    private TraceSpan serving(String route, HttpServerRequest request) {
        String caller = tracing.isOn() ? request.requestHeaders().get(TraceSpan.HEADER) : null;
        return caller == null
                ? TraceSpan.NONE
                : tracing.serving(request.method().name() + " " + route, caller).with("http.route", route);
    }

    private Timer timer(String route, String status) {
        return Timer.builder(METRIC)
                .description("Time of calls that pass WebFlux by")
                .tags("route", route, "status", status)
                .register(meters);
    }

    private Mono<byte[]> run(HttpServerRequest request, String body, Action action) {
        Deadline deadline = Deadline.of(request.requestHeaders().get(Deadline.HEADER), timeLimit);
        return deadline.bound(caller(request)
                .doOnNext(caller -> writes.check())
                .flatMap(caller -> action.run(caller, new Call(request, body)))
                .map(json::writeValueAsBytes));
    }

    /** Its length is stated: else it is not read. */
    private Mono<String> body(HttpServerRequest request) {
        long length = request.requestHeaders().contains(HttpHeaderNames.CONTENT_LENGTH)
                ? Long.parseLong(request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH))
                : Long.MAX_VALUE;
        return length > maxBody
                ? Mono.error(() ->
                        ApiException.of(PlatformError.BODY_TOO_LARGE, "The body is larger than this server accepts"))
                : request.receive()
                        .aggregate()
                        .asByteArray()
                        .map(RequestJson::text)
                        .defaultIfEmpty("");
    }

    private Mono<Caller> caller(HttpServerRequest request) {
        String shown = request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION);
        if (shown == null) {
            return Mono.error(() -> ApiException.of(PlatformError.TOKEN_MISSING, "A direct call shows a token"));
        }
        if (!shown.startsWith(DirectClient.BEARER)) {
            return Mono.error(() -> ApiException.of(PlatformError.TOKEN_INVALID, "The token cannot be accepted"));
        }
        return verifier.verify(shown.substring(DirectClient.BEARER.length())).flatMap(profiles::current);
    }

    private byte[] refused(HttpServerRequest request, HttpServerResponse response, Throwable failure) {
        String traceId = Ids.next();
        ErrorRenderer.Rendered rendered = errors.render(
                ErrorTranslation.translate(failure, traceId), new FailedRequest("/" + request.path(), traceId));
        response.status(rendered.status().value());
        rendered.headers().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        return rendered.body();
    }
}
