package dev.parley.platform.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.platform.deadline.Deadline;
import dev.parley.platform.direct.DirectClient;
import dev.parley.platform.direct.DirectRoutes;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.BearerToken;
import dev.parley.platform.security.RevokedSessions;
import dev.parley.platform.security.TokenVerifier;
import dev.parley.platform.surface.ErrorRenderer;
import dev.parley.platform.surface.Surfaces;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.Until;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Both sides of direct calls, over the wire. */
class DirectCallTest {

    private static final int MAX_BODY = 100;
    private static final int MAX_ANSWER = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    private final RevokedSessions ended = new RevokedSessions(Duration.ofHours(1), 100);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final String token = TestTokens.tokenFor("ann", "acme");
    private Mono<?> answer = Mono.just(Map.of("fine", true));
    private volatile boolean full;
    private DisposableServer server;
    private DirectClient client;

    @BeforeEach
    void startService() {
        DirectRoutes direct = new DirectRoutes(
                new TokenVerifier(TestTokens.settings(), ended, meters),
                caller -> Mono.just(caller),
                JSON,
                new ErrorRenderer(new Surfaces(List.of()), JSON),
                meters,
                () -> {
                    if (full) {
                        throw ApiException.of(PlatformError.STORAGE_FULL, "There is no room");
                    }
                },
                DataSize.ofBytes(MAX_BODY),
                LONGEST.multipliedBy(2),
                Tracing.off());
        server = HttpServer.create()
                .host("localhost")
                .port(0)
                .route(routes -> routes.post(
                                "/echo/{what}",
                                direct.answering(
                                        "/echo",
                                        HttpStatus.CREATED,
                                        (caller, call) -> Mono.just(Map.of(
                                                "user",
                                                caller.userId(),
                                                "what",
                                                call.variable("what"),
                                                "body",
                                                call.body()))))
                        .post(
                                "/deadline",
                                direct.answering(
                                        "/deadline",
                                        HttpStatus.OK,
                                        (caller, call) -> Mono.just(
                                                call.request().requestHeaders().get(Deadline.HEADER))))
                        .post("/fixed", direct.answering("/fixed", HttpStatus.OK, (caller, call) -> answer)))
                .bindNow();
        client = clientThatWaits(LONGEST);
    }

    private DirectClient clientThatWaits(Duration longest) {
        return new ServiceClients(
                        WebClient.builder(),
                        new ServiceClientSettings(longest, 2, 10),
                        "secret",
                        JSON,
                        DataSize.ofBytes(MAX_ANSWER),
                        List.of(),
                        Tracing.off())
                .directly(URI.create("http://localhost:" + server.port()));
    }

    @AfterEach
    void stopService() {
        server.disposeNow();
    }

    @Test
    void actsInTheNameOfTheTokensBearer() {
        JsonNode echo = post(token, "/echo/a%2Fb%20%C3%A9");

        assertThat(echo.path("user").asString()).isEqualTo("ann");
        assertThat(echo.path("what").asString()).isEqualTo("a/b é");
        assertThat(echo.path("body").asString()).isEqualTo("\"hello\"");
        Until.satisfied(() -> assertThat(measured("/echo", "201")).isEqualTo(1));
    }

    @Test
    void refusesATokenThatIsNotGood() {
        assertThat(refusal(TestTokens.forgedTokenFor("ann", "acme")).code().code())
                .isEqualTo(PlatformError.TOKEN_INVALID.code());
        assertThat(refusal(TestTokens.expiredTokenFor("ann", "acme")).code().code())
                .isEqualTo(PlatformError.TOKEN_EXPIRED.code());
        ended.add("session-of-ann");
        ApiException refusal = refusal(token);
        assertThat(refusal.code().code()).isEqualTo(PlatformError.TOKEN_INVALID.code());
        assertThat(refusal.code().status()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void refusesAWriteThatThereIsNoRoomFor() {
        full = true;

        ApiException refusal = refusal(token);

        assertThat(refusal.code().code()).isEqualTo("storage.full");
        assertThat(refusal.code().status()).isEqualTo(HttpStatus.INSUFFICIENT_STORAGE);
        assertThat(refusal(TestTokens.forgedTokenFor("ann", "acme")).code().code())
                .isEqualTo(PlatformError.TOKEN_INVALID.code());
    }

    @Test
    void refusesWhoShowsNoToken() throws Exception {
        assertThat(code(HttpRequest.newBuilder())).isEqualTo("auth.token-missing");
        assertThat(code(HttpRequest.newBuilder().header("Authorization", "Basic " + token)))
                .isEqualTo("auth.invalid-token");
    }

    @Test
    void passesARefusalOnAsItWasMeant() {
        List<FieldError> errors = List.of(new FieldError("text", "too-long", "must be shorter"));
        answer = Mono.error(ApiException.invalid(errors));
        ApiException invalid = refusal(token);
        assertThat(invalid.code().code()).isEqualTo("request.invalid");
        assertThat(invalid.code().status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(invalid.errors()).isEqualTo(errors);

        answer = Mono.error(ApiException.retryLater(PlatformError.RATE_LIMITED, "Later", Duration.ofSeconds(7)));
        ApiException later = refusal(token);
        assertThat(later.code().code()).isEqualTo("request.rate-limited");
        assertThat(later.detail()).isEqualTo("Later");
        assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(7));

        answer = Mono.error(new IllegalStateException("secret"));
        ApiException unknown = refusal(token);
        assertThat(unknown.code().code()).isEqualTo("service.internal-error");
        assertThat(unknown.detail()).doesNotContain("secret");
    }

    @Test
    void readsNoBodyThatIsTooLargeOrOfUnknownLength() throws Exception {
        ApiException tooLarge = catchThrowableOfType(ApiException.class, () -> client.post(
                        new BearerToken(token), "/fixed", StringNode.valueOf("x".repeat(MAX_BODY)))
                .block());
        assertThat(tooLarge.code().code()).isEqualTo("request.body-too-large");
        assertThat(post(token, "/fixed").path("fine").asBoolean()).isTrue();

        assertThat(code(HttpRequest.newBuilder()
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1])))))
                .isEqualTo("request.body-too-large");
    }

    @Test
    void readsNoAnswerThatIsTooLong() {
        answer = Mono.just("x".repeat(MAX_ANSWER));
        assertThat(refusal(token).code().code()).isEqualTo("service.unavailable");

        answer = Mono.just("x".repeat(MAX_ANSWER - 2));
        assertThat(post(token, "/fixed").asString()).hasSize(MAX_ANSWER - 2);
    }

    @Test
    void isUnavailableWhenItDoesNotAnswer() {
        answer = Mono.never();
        client = clientThatWaits(Duration.ofMillis(500));
        ApiException late = refusal(token);
        assertThat(late.code().code()).isEqualTo("service.unavailable");
        assertThat(late.retryAfter()).isPositive();
        Until.satisfied(() -> assertThat(measured("/fixed", "503")).isEqualTo(1));

        server.disposeNow();
        assertThat(refusal(token).code().code()).isEqualTo("service.unavailable");
    }

    @Test
    void isToldWhoDoesNotWait() {
        Sinks.Empty<Void> begun = Sinks.empty();
        answer = Mono.never().doOnSubscribe(subscription -> begun.tryEmitEmpty());

        Disposable call = client.post(new BearerToken(token), "/fixed", StringNode.valueOf("hello"))
                .subscribe();
        begun.asMono().block(LONGEST);
        call.dispose();

        Until.satisfied(() -> assertThat(measured("/fixed", "aborted")).isEqualTo(1));
    }

    @Test
    void tellsHowLongItWaits() {
        long told = post(token, "/deadline").asLong();
        assertThat(told).isEqualTo(LONGEST.toMillis() - 100);

        long left = Deadline.after(LONGEST.dividedBy(2))
                .bound(client.post(new BearerToken(token), "/deadline", StringNode.valueOf("hello")))
                .block()
                .asLong();
        assertThat(left).isBetween(1L, LONGEST.dividedBy(2).toMillis() - 100);
    }

    private JsonNode post(String bearer, String path) {
        return client.post(new BearerToken(bearer), path, StringNode.valueOf("hello"))
                .blockOptional()
                .orElseThrow();
    }

    /** How many calls; what is measured is measured after the answer. */
    private long measured(String route, String status) {
        Timer timer = meters.find("parley.direct.requests")
                .tags("route", route, "status", status)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    private ApiException refusal(String bearer) {
        return catchThrowableOfType(ApiException.class, () -> post(bearer, "/fixed"));
    }

    private String code(HttpRequest.Builder request) throws Exception {
        HttpRequest built = request.uri(URI.create("http://localhost:" + server.port() + "/fixed"))
                .build();
        HttpRequest posting = built.method().equals("POST")
                ? built
                : HttpRequest.newBuilder(built, (name, value) -> true)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(posting, HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body()).path("code").asString();
    }
}
