package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

class AccessTest extends GatewayTest {

    /** What a page loads by paths with a version. */
    private static final Pattern LOADED = Pattern.compile("=\"(v/[^\"]+)\"");

    private static ConfigurableApplicationContext gateway;

    @BeforeAll
    static void startGateway() {
        gateway = start("--parley.gateway.cors.allowed-origins=https://app.example.com");
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @Test
    void refusesARequestWithoutAToken() throws Exception {
        assertRefused(request(gateway, "/api/v1/users/me"), 401, "auth.token-missing");
    }

    @Test
    void refusesAnExpiredToken() throws Exception {
        assertRefused(
                withToken("/api/v1/messages/m1", TestTokens.expiredTokenFor("ann", "acme")), 401, "auth.expired-token");
    }

    @Test
    void refusesAForgedToken() throws Exception {
        assertRefused(
                withToken("/api/v1/conversations", TestTokens.forgedTokenFor("ann", "acme")),
                401,
                "auth.invalid-token");
    }

    @Test
    void refusesATokenOfAnotherTenantThanTheHeaderSays() throws Exception {
        assertRefused(
                authorized(gateway, "/api/v1/conversations").header("X-Tenant-ID", "other"),
                403,
                "auth.header-mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "login", "refresh"})
    void letsAClientWithAnExpiredTokenSignInAgain(String path) throws Exception {
        HttpResponse<String> response =
                send(withToken("/api/v1/auth/" + path, TestTokens.expiredTokenFor("ann", "acme"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(AUTH.received.poll().headers().contains("Authorization")).isFalse();
    }

    /** auth-service verifies it, and takes the refresh token of a client whose token has expired. */
    @Test
    void passesATokenOnAsItIsToSignOut() throws Exception {
        String expired = TestTokens.expiredTokenFor("ann", "acme");

        HttpResponse<String> response =
                send(withToken("/api/v1/auth/logout", expired).POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(AUTH.received.poll().headers().get("Authorization")).isEqualTo("Bearer " + expired);
    }

    @Test
    void servesTheWebClientToAnybodyAndGuardsIt() throws Exception {
        HttpResponse<String> page = send(request(gateway, "/page-of-the-tests.html"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("A page for the tests");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(page.headers().firstValue("Last-Modified")).isPresent();
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'", "connect-src 'self' ws: wss:");
    }

    /** At the root, so that it is for all pages; by its own origin alone, which the policy of the pages lets it be. */
    @Test
    void servesTheServiceWorkerOfTheWebClient() throws Exception {
        HttpResponse<String> worker = send(request(gateway, "/sw.js"));

        assertThat(worker.statusCode()).isEqualTo(200);
        assertThat(worker.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        assertThat(worker.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void hasBrowsersAskWhetherTheFrontPageChanged() throws Exception {
        HttpResponse<String> page = send(request(gateway, "/"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
        HttpResponse<String> again = send(request(gateway, "/")
                .header("If-None-Match", page.headers().firstValue("ETag").orElseThrow()));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void hasBrowsersKeepWhatTheFrontPageLoads() throws Exception {
        String page = send(request(gateway, "/")).body();
        List<String> loaded = LOADED.matcher(page)
                .results()
                .map(found -> "/" + found.group(1))
                .toList();

        assertThat(loaded).hasSizeGreaterThan(3).allSatisfy(path -> {
            HttpResponse<String> file = send(request(gateway, path));
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("max-age=31536000", "immutable");
        });
        assertThat(send(request(gateway, loaded.get(0).replaceFirst("[^/]*$", "missing.js")))
                        .headers()
                        .firstValue("Cache-Control"))
                .isNotPresent();
    }

    /** As a page does that an older or newer gateway has served. */
    @Test
    void givesTheFilesOfAnotherVersionAsTheyAreButNotToKeep() throws Exception {
        HttpResponse<String> file = send(request(gateway, "/v/0123456789abcdef/app/main.js"));

        assertThat(file.body()).isEqualTo(send(request(gateway, "/app/main.js")).body());
        assertThat(file.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void servesNothingElseUnderAVersion() throws Exception {
        assertThat(send(request(gateway, "/v/0123456789abcdef/sw.js")).statusCode())
                .isEqualTo(404);
        assertThat(send(request(gateway, "/v/0123456789abcdef/api/v1/config")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void letsAnAllowedSiteAsk() throws Exception {
        HttpResponse<String> response = preflight("https://app.example.com");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example.com");
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .containsIgnoringCase("authorization")
                .containsIgnoringCase("x-http-method-override")
                .containsIgnoringCase("x-tenant-id");
        assertThat(MESSAGE.received).isEmpty();
    }

    /** Whether there is such a path or method is not asked. */
    @ParameterizedTest
    @CsvSource({
        "/api/v1/users/me, PATCH",
        "/api/v1/auth/login, POST",
        "/api/v1/auth/login, GET",
        "/api/v1/config, GET",
        "/api/v1/nothing, DELETE",
        "/chat-api/api/v1/users/me, PUT",
        "/chat-api/socket.io/, POST",
        "/socket.io/, GET"
    })
    void answersWhatABrowserAsksBeforeItUsesAnyPath(String path, String method) throws Exception {
        HttpRequest.Builder asks = request(gateway, path)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization,idempotency-key,x-user-id,content-type");
        HttpResponse<String> allowed = send(asks.copy().header("Origin", "https://app.example.com"));
        HttpResponse<String> other = send(asks.copy().header("Origin", "https://evil.example"));

        assertThat(allowed.statusCode()).isEqualTo(200);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example.com");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains(method);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .isEqualToIgnoringCase("authorization, idempotency-key, x-user-id, content-type");
        assertThat(allowed.headers().firstValue("Access-Control-Max-Age")).contains("3600");
        assertThat(allowed.headers().allValues("Vary")).contains("Origin");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(json(other).get("code").asString()).isEqualTo("auth.forbidden");
        assertThat(ALL).allMatch(service -> service.received.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"TRACE, content-type", "POST, x-forwarded-for"})
    void letsAnAllowedSiteDoOnlyWhatPagesMay(String method, String header) throws Exception {
        HttpResponse<String> refused = send(request(gateway, "/api/v1/users/me")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", header));

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    @Test
    void letsNoOtherSiteAsk() throws Exception {
        HttpResponse<String> response = preflight("https://evil.example");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void saysOnceWhichSiteMayReadAnAnswer() throws Exception {
        MESSAGE.answer = (request, response) -> response.header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", "X-Service")
                .send();

        HttpResponse<String> response =
                send(authorized(gateway, "/api/v1/messages/m1").header("Origin", "https://app.example.com"));

        assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly("https://app.example.com");
        assertThat(response.headers()
                        .firstValue("Access-Control-Expose-Headers")
                        .orElse(""))
                .contains("Retry-After")
                .doesNotContain("X-Service");
    }

    private static HttpResponse<String> preflight(String origin) throws Exception {
        return send(request(gateway, "/api/v1/messages/m1")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PATCH")
                .header(
                        "Access-Control-Request-Headers",
                        "authorization,x-tenant-id,content-type,x-http-method-override"));
    }

    private static HttpRequest.Builder withToken(String path, String token) {
        return request(gateway, path).header("Authorization", "Bearer " + token);
    }

    private static void assertRefused(HttpRequest.Builder request, int status, String code) throws Exception {
        HttpResponse<String> response = send(request);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(response).get("code").asString()).isEqualTo(code);
        assertThat(json(response).get("traceId").asString())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(ALL).allMatch(service -> service.received.isEmpty());
    }
}
