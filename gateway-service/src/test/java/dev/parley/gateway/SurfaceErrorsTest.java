package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.surface.ErrorAnswer;
import dev.parley.platform.surface.FailedRequest;
import dev.parley.platform.surface.Surface;
import dev.parley.platform.test.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;

/** The gateway's own refusals have the form of the client surface that the path belongs to. */
class SurfaceErrorsTest extends GatewayTest {

    private static final String CHAT_CORE = "/api/v1/weather";
    private static final String OTHER = "/api/other/weather";

    private static final StubService WEATHER = new StubService();

    private static ConfigurableApplicationContext gateway;

    /** A second surface, with errors of a form of its own. */
    private static final class OtherSurface implements Surface {

        @Override
        public String name() {
            return "other";
        }

        @Override
        public Set<String> paths() {
            return Set.of("/api/other");
        }

        @Override
        public ErrorAnswer answer(ApiException error, FailedRequest request) {
            return new ErrorAnswer(
                    error.code().status(),
                    MediaType.APPLICATION_JSON,
                    Map.of("wrong", error.code().code()));
        }

        @Override
        public void checkHeaders(HttpHeaders headers, Jwt token) {
            // It has no rule.
        }
    }

    @BeforeAll
    static void startGateway() {
        gateway = start(
                context -> context.getBeanFactory().registerSingleton("otherSurface", new OtherSurface()),
                "--parley.registry.weather.port=8099",
                "--parley.registry.weather.routes=/api/v1/weather,/api/other/weather",
                "--parley.registry.weather.required=false",
                "--parley.services.weather=" + WEATHER.address(),
                "--parley.gateway.limits.body=1KB",
                "--parley.gateway.rate-limit.address-per-second=1",
                "--parley.gateway.rate-limit.address-burst=1000",
                "--parley.gateway.rate-limit.user-per-second=1",
                "--parley.gateway.rate-limit.user-burst=20");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT_CORE, OTHER})
    void withoutAToken(String path) throws Exception {
        assertForm(path, send(request(gateway, path)), 401, "auth.token-missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT_CORE, OTHER})
    void whenTheServiceIsDown(String path) throws Exception {
        WEATHER.stop();
        try {
            HttpResponse<String> refused = send(authorized(gateway, path));

            assertForm(path, refused, 503, "service.unavailable");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            WEATHER.restart();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT_CORE, OTHER})
    void ofABodyThatIsTooLarge(String path) throws Exception {
        HttpRequest.Builder large =
                authorized(gateway, path).POST(HttpRequest.BodyPublishers.ofByteArray(new byte[1025]));

        assertForm(path, send(large), 413, "request.body-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT_CORE, OTHER})
    void ofHeadersThatAreTooLarge(String path) throws Exception {
        HttpRequest.Builder padded = authorized(gateway, path).header("X-Padding", "x".repeat(17 * 1024));

        assertForm(path, send(padded), 431, "request.headers-too-large");
    }

    @Test
    void ofTooManyRequests() throws Exception {
        for (String path : Set.of(CHAT_CORE, OTHER)) {
            HttpRequest.Builder request = request(gateway, path)
                    .header("Authorization", "Bearer " + TestTokens.tokenFor("eager" + path.length(), "acme"));
            HttpResponse<String> answer = send(request);
            for (int i = 0; i < 50 && answer.statusCode() == 200; i++) {
                answer = send(request);
            }

            assertForm(path, answer, 429, "request.rate-limited");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void ofPathsThatNoServiceHas() throws Exception {
        assertForm(OTHER, send(authorized(gateway, "/api/other/nothing")), 404, "request.no-such-resource");
        assertForm(CHAT_CORE, send(authorized(gateway, "/api/v1/nothing")), 404, "request.no-such-resource");
    }

    private static void assertForm(String path, HttpResponse<String> refused, int status, String code) {
        assertThat(refused.statusCode()).isEqualTo(status);
        if (path.equals(OTHER)) {
            assertThat(json(refused)).isEqualTo(JSON.readTree("{\"wrong\": \"" + code + "\"}"));
        } else {
            assertThat(json(refused).get("code").asString()).isEqualTo(code);
            assertThat(json(refused).get("statusCode").asInt()).isEqualTo(status);
            assertThat(json(refused).get("traceId").asString()).isNotEmpty();
        }
    }
}
