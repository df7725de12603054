package dev.parley.surface.chatcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.surface.ClosedSurface;
import dev.parley.platform.surface.ThingsService;
import dev.parley.platform.surface.ThingsService.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** chat-core's errors and its rule on headers, over the wire, in a service that has another surface as well. */
class ChatCoreSurfaceTest {

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
    void anErrorIsAProblemWithWhatItsClientsExpectBesideIt() {
        Answer answer = service.post("/api/v1/things", "application/json", "{\"size\": \"big\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.body().toString())
                .isEqualTo("{\"type\":\"urn:parley:error:request.invalid\",\"title\":\"The request breaks a rule\","
                        + "\"status\":400,\"detail\":\"Invalid: name, size\",\"instance\":\"/api/v1/things\","
                        + "\"code\":\"request.invalid\",\"message\":\"Invalid: name, size\",\"statusCode\":400,"
                        + "\"traceId\":\"" + answer.header("x-request-id") + "\",\"errors\":["
                        + "{\"field\":\"name\",\"code\":\"required\",\"message\":\"name is required\"},"
                        + "{\"field\":\"size\",\"code\":\"type\",\"message\":\"size must be a whole number\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/limited, 429, request.rate-limited",
        "GET, /api/v1/broken, 500, service.internal-error",
        "GET, /api/v1/things/%2e%2e/other, 400, request.malformed",
        "GET, /api/v1/things/a%2Fb, 400, request.malformed",
        "GET, /api/v1/things/a%00b, 400, request.malformed",
        "GET, /api/v1/things/a;b, 400, request.malformed",
        "GET, /api/v1//things, 400, request.malformed",
        "GET, /api/v1/no/such/path, 404, request.no-such-resource",
        "DELETE, /api/v1/broken, 405, request.method-not-allowed",
        "GET, /chat-api/api/v1/limited, 404, request.no-such-resource",
        "GET, /socket.io/, 404, request.no-such-resource"
    })
    void everyErrorOfItsPathsHasThatForm(String method, String path, int status, String code) {
        Answer answer = service.send(service.request(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().propertyNames())
                .containsExactly(
                        "type", "title", "status", "detail", "instance", "code", "message", "statusCode", "traceId");
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
    }

    @Test
    void whatNoFieldNamedIsToldByItsKind() {
        Answer answer = service.get("/api/v1/violated");

        assertThat(answer.body().path("detail").asString()).isEqualTo("Invalid: user eve");
        assertThat(answer.body().path("errors").toString())
                .isEqualTo("[{\"field\":\"user\",\"code\":\"unknown-user\",\"message\":\"user eve is nobody's id\"}]");
    }

    @ParameterizedTest
    @CsvSource({"X-Tenant-ID, acme, another", "x-user-id, ann, another"})
    void itsHeadersMustAgreeWithTheToken(String header, String good, String bad) {
        assertThat(status("/api/v1/limited", header, good)).isEqualTo(429);
        assertThat(status("/api/v1/limited", header, bad)).isEqualTo(403);
        assertThat(status("/closed/limited", header, bad)).isEqualTo(429);
        assertThat(status("/api/v1/limited", ClosedSurface.SESSION_HEADER, "another"))
                .isEqualTo(429);

        Answer refused = service.send(service.request("/api/v1/limited").header(header, bad));
        assertThat(refused.body().path("code").asString()).isEqualTo("auth.header-mismatch");
        assertThat(refused.body().path("detail").asString()).isEqualTo(header + " is not the token's");
    }

    @Test
    void theOtherSurfaceKeepsItsOwnForm() {
        assertThat(service.get("/closed/limited").body().toString())
                .isEqualTo("{\"error\":{\"message\":\"Too many requests\"}}");
    }

    @Test
    void aPrefixThatIsNoneIsNamedWithItsProperty() {
        assertThatThrownBy(() -> new ChatCoreSettings(List.of("chat/")))
                .hasMessageContaining("parley.chatcore.prefixes");
    }

    private static int status(String path, String header, String value) {
        return service.send(service.request(path).header(header, value)).status();
    }
}
