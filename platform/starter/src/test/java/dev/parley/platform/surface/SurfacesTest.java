package dev.parley.platform.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.surface.ThingsService.Answer;
import dev.parley.platform.test.TestTokens;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.Jwt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two surfaces of one service, over the wire: one that owns {@code /closed}, and the default for what nobody owns. */
@ExtendWith(OutputCaptureExtension.class)
class SurfacesTest {

    /**
     * A way to fail.
     *
     * @param ask does it under the given beginning of a path
     * @param message as the closed surface puts it
     * @param data the same, what is wrong in particular
     */
    record Failure(
            String kind,
            int status,
            String code,
            String message,
            List<String> data,
            BiFunction<ThingsService, String, Answer> ask) {

        @Override
        public String toString() {
            return kind;
        }
    }

    private static ThingsService service;

    @BeforeAll
    static void start() {
        service = new ThingsService();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void whatIsLoggedOfARequestHasItsTraceIdAndItsTenantAsFields() {
        Logger logger = (Logger) LoggerFactory.getLogger(ErrorTranslation.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        try {
            Answer failed = service.get("/api/v1/unexpected");

            assertThat(failed.status()).isEqualTo(500);
            String traceId = failed.body().path("traceId").asString();
            assertThat(logged.list).anySatisfy(line -> assertThat(line.getMDCPropertyMap())
                    .containsEntry("traceId", traceId)
                    .containsEntry("tenantId", "acme"));
            for (String format : List.of("ecs", "logstash")) {
                assertThat(logged.list).anySatisfy(line -> {
                    JsonNode json = new JsonMapper().readTree(structured(format, line));
                    assertThat(json.path("traceId").asString()).isEqualTo(traceId);
                    assertThat(json.path("tenantId").asString()).isEqualTo("acme");
                    assertThat(json.path("message").asString()).contains("in no error catalogue");
                });
            }
        } finally {
            logger.detachAppender(logged);
        }
    }

    /** As the console of a service shows the line with {@code LOGGING_STRUCTURED_FORMAT_CONSOLE}. */
    private static byte[] structured(String format, ILoggingEvent line) {
        LoggerContext context = new LoggerContext();
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat(format);
        encoder.start();
        byte[] encoded = encoder.encode(line);
        assertThat(new String(encoded, StandardCharsets.UTF_8).stripTrailing()).doesNotContain("\n");
        return encoded;
    }

    /** At the levels at which services log: what people write stands in no line, however the request ends. */
    @Test
    void nothingOfABodyIsLogged(CapturedOutput output) {
        String content = "for-nobody-else";
        String path = "/api/v1/things";

        assertThat(service.post(path, "application/json", "{\"name\": \"" + content)
                        .status())
                .isEqualTo(400);
        assertThat(service.post(path, "application/json", "{\"name\": [\"" + content + "\"], \"size\": 1}")
                        .status())
                .isEqualTo(400);
        assertThat(service.post(path, "application/json", "\"" + content.repeat(ThingsService.MAX_BODY) + "\"")
                        .status())
                .isEqualTo(413);
        assertThat(service.post(path, "text/plain", content).status()).isEqualTo(415);
        assertThat(service.post("/api/v1/direct/unexpected", "application/json", "{\"text\": \"" + content + "\"}")
                        .status())
                .isEqualTo(500);

        assertThat(output).contains("in no error catalogue").doesNotContain(content);
    }

    static Stream<Failure> failures() {
        return Stream.of(
                new Failure(
                        "fields that break rules",
                        400,
                        "request.invalid",
                        "The request breaks a rule",
                        List.of("request body name is required", "request body size must be a whole number"),
                        (things, at) -> things.post(at + "/things", "application/json", "{\"size\": \"big\"}")),
                new Failure(
                        "a thing that breaks a rule",
                        400,
                        "request.invalid",
                        "The request breaks a rule",
                        List.of("user unknown-user"),
                        (things, at) -> things.get(at + "/violated")),
                new Failure(
                        "malformed JSON",
                        400,
                        "request.malformed",
                        "The request cannot be read",
                        List.of(),
                        (things, at) -> things.post(at + "/things", "application/json", "{\"half\":")),
                new Failure(
                        "no token",
                        401,
                        "auth.token-missing",
                        "A bearer token is required",
                        List.of(),
                        (things, at) -> things.send(things.anonymous(at + "/broken"))),
                new Failure(
                        "an expired token",
                        401,
                        "auth.expired-token",
                        "The token has expired",
                        List.of(),
                        (things, at) -> things.send(things.anonymous(at + "/broken")
                                .header("Authorization", "Bearer " + TestTokens.expiredTokenFor("ann", "acme")))),
                new Failure(
                        "a path that is not mapped",
                        404,
                        "request.no-such-resource",
                        "There is nothing here",
                        List.of(),
                        (things, at) -> things.get(at + "/no/such/path")),
                new Failure(
                        "another method",
                        405,
                        "request.method-not-allowed",
                        "Not with this method",
                        List.of(),
                        (things, at) ->
                                things.send(things.request(at + "/broken").DELETE())),
                new Failure(
                        "another media type",
                        415,
                        "request.unsupported-media-type",
                        "The body's type is not supported",
                        List.of(),
                        (things, at) -> things.post(at + "/things", "text/plain", "{}")),
                new Failure(
                        "a body that is too large",
                        413,
                        "request.body-too-large",
                        "The body is too large",
                        List.of(),
                        (things, at) -> things.post(
                                at + "/things",
                                "application/json",
                                "\"" + "x".repeat(2 * ThingsService.MAX_BODY) + "\"")),
                new Failure(
                        "too many requests",
                        429,
                        "request.rate-limited",
                        "Too many requests",
                        List.of(),
                        (things, at) -> things.get(at + "/limited")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theOwnerOfAPathRendersItsErrors(Failure failure) {
        Answer answer = failure.ask().apply(service, "/closed");

        assertThat(answer.status()).isEqualTo(failure.status());
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body().propertyNames()).containsExactly("error");
        JsonNode error = answer.body().path("error");
        assertThat(error.path("message").asString()).isEqualTo(failure.message());
        assertThat(error.path("data").valueStream().map(JsonNode::asString)).isEqualTo(failure.data());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void problemDetailsAreTheDefault(Failure failure) {
        Answer answer = failure.ask().apply(service, "/internal");

        assertThat(answer.status()).isEqualTo(failure.status());
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.body();
        assertThat(problem.propertyNames())
                .startsWith("type", "title", "status", "detail", "instance", "code", "traceId");
        assertThat(problem.path("code").asString()).isEqualTo(failure.code());
        assertThat(problem.path("title").asString()).isEqualTo(failure.message());
        assertThat(problem.path("instance").asString()).startsWith("/internal/");
        assertThat(problem.path("traceId").asString()).isEqualTo(answer.header("x-request-id"));
        assertThat(problem.path("errors").size() + problem.path("violations").size())
                .isEqualTo(failure.data().size());
    }

    @Test
    void whatEveryClientUnderstandsIsTheSameOnAllSurfaces() {
        for (String surface : List.of("/closed", "/internal")) {
            assertThat(service.get(surface + "/limited").header("retry-after")).isEqualTo("7");
            assertThat(service.send(service.anonymous(surface + "/broken")).header("www-authenticate"))
                    .isEqualTo("Bearer");
        }
    }

    @Test
    void aFailureOfOursIsToldByItsTraceIdAndNothingElse() {
        Answer closed = service.get("/closed/broken");
        assertThat(closed.status()).isEqualTo(500);
        assertThat(closed.body().path("error").path("message").asString())
                .isEqualTo("ask for " + closed.header("x-request-id"));

        Answer problem = service.get("/internal/broken");
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.body().path("code").asString()).isEqualTo("service.internal-error");
        assertThat(problem.body().toString()).doesNotContain("secret");
    }

    @Test
    void thingsAreNamedAsTheDomainDoesWhereNoFieldIsKnown() {
        JsonNode violation =
                service.get("/internal/violated").body().path("violations").path(0);

        assertThat(violation.toString())
                .isEqualTo("{\"subject\":{\"kind\":\"user\",\"id\":\"eve\"},\"code\":\"unknown-user\","
                        + "\"message\":\"is nobody's id\"}");
    }

    @Test
    void routesPastWebFluxFailInTheSameForm() {
        Answer closed = service.send(direct("/closed/direct/limited"));
        assertThat(closed.status()).isEqualTo(429);
        assertThat(closed.header("content-type")).isEqualTo("application/json");
        assertThat(closed.header("retry-after")).isEqualTo("7");
        assertThat(closed.body().toString()).isEqualTo("{\"error\":{\"message\":\"Too many requests\"}}");

        Answer problem = service.send(direct("/internal/direct/broken"));
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.header("content-type")).isEqualTo("application/problem+json");
        assertThat(problem.body().path("traceId").asString()).isNotEmpty();

        Answer refused = service.send(
                service.anonymous("/closed/direct/limited").POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().path("error").path("message").asString()).isEqualTo("A bearer token is required");
    }

    @Test
    void eachSurfaceComparesItsOwnHeadersWithTheToken() {
        Answer contradicting =
                service.send(service.request("/closed/limited").header(ClosedSurface.SESSION_HEADER, "another"));
        assertThat(contradicting.status()).isEqualTo(401);
        assertThat(contradicting.body().path("error").path("message").asString())
                .isEqualTo("The token is not valid");

        assertThat(service.send(service.request("/closed/limited")
                                .header(ClosedSurface.SESSION_HEADER, "session-of-ann"))
                        .status())
                .isEqualTo(429);
        assertThat(service.send(service.request("/internal/limited").header(ClosedSurface.SESSION_HEADER, "another"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void aPageHasTheFormOfItsSurface() {
        Answer page = service.get("/closed/things?skip=20&take=10");

        assertThat(page.body().valueStream().map(JsonNode::asString))
                .containsExactly("thing 20", "thing 21", "thing 22", "thing 23", "thing 24");
        assertThat(page.header("x-total")).isEqualTo("25");
    }

    @Test
    void servicesThatAreNotKnownAreToldInTheDefaultForm() {
        Answer refused = service.send(service.anonymous("/internal/platform/things"));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body().path("code").asString()).isEqualTo("auth.invalid-service-credentials");
    }

    @Test
    void aPathBelongsToTheLongestBeginningThatOwnsIt() {
        Surface short1 = named("short", "/api");
        Surface long1 = named("long", "/api/v1");
        Surfaces surfaces = new Surfaces(List.of(short1, long1));

        assertThat(surfaces.at("/api/v1/users")).isSameAs(long1);
        assertThat(surfaces.at("/api/v1")).isSameAs(long1);
        assertThat(surfaces.at("/api/v10")).isSameAs(short1);
        assertThat(surfaces.at("/apis").name()).isEqualTo("problem");
    }

    @Test
    void twoSurfacesCannotOwnTheSamePathOrName() {
        assertThatThrownBy(() -> new Surfaces(List.of(named("one", "/api"), named("two", "/api"))))
                .hasMessage("More than one surface owns /api");
        assertThatThrownBy(() -> new Surfaces(List.of(named("one", "/a"), named("one", "/b"))))
                .hasMessage("Two surfaces have the name one");
    }

    private static HttpRequest.Builder direct(String path) {
        return service.request(path).POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    private static Surface named(String name, String path) {
        return new Surface() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<String> paths() {
                return Set.of(path);
            }

            @Override
            public ErrorAnswer answer(ApiException error, FailedRequest request) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void checkHeaders(HttpHeaders headers, Jwt token) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
