package dev.parley.auth;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What the service itself does with requests that no gateway has seen. */
class RequestMannersTest extends OverTheWire {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/auth/login, 'POST,OPTIONS'",
        "DELETE, /api/v1/auth/register, 'POST,OPTIONS'",
        "PATCH, /api/v1/auth/logout-all, 'POST,OPTIONS'",
        "TRACE, /api/v1/auth/refresh, 'POST,OPTIONS'",
        "PUT, /api/v1/users/me, 'GET,PATCH,HEAD,OPTIONS'",
        "PROPFIND, /api/v1/users, 'GET,HEAD,OPTIONS'",
        "POST, /.well-known/jwks.json, 'GET,HEAD,OPTIONS'"
    })
    void aMethodThatAPathLacksIsNamedSoWithoutAToken(String method, String path, String allowed) {
        ResponseSpec refused = client.send(HttpMethod.valueOf(method), path, null, null);

        refused.expectStatus().isEqualTo(405).expectHeader().valueEquals(HttpHeaders.ALLOW, allowed);
    }

    /** Who is no service learns nothing of what is there. */
    @ParameterizedTest
    @CsvSource({"GET, /internal/platform/users/profiles", "POST, /internal/platform/users/profiles"})
    void insideNoMethodIsToldToStrangers(String method, String path) {
        client.send(HttpMethod.valueOf(method), path, null, null)
                .expectStatus()
                .is4xxClientError()
                .expectHeader()
                .doesNotExist(HttpHeaders.ALLOW);
    }

    @Test
    void headersUpToTheLimitAreTakenAndLargerOnesGetAProblem() {
        String path = "/api/v1/auth/login";
        Client.problem(padded(path, 14), 400, "request.malformed");
        Client.problem(padded(path, 17), 431, "request.headers-too-large");
        Client.problem(padded("/internal/platform/users/profiles", 17), 431, "request.headers-too-large");
    }

    private ResponseSpec padded(String path, int kilobytes) {
        return client.http
                .post()
                .uri(path)
                .header("X-Padding", "x".repeat(kilobytes * 1024))
                .exchange();
    }

    @Test
    void whoTakesNoJsonIsNotRegistered() {
        Map<String, Object> body = Client.registration(Client.unique("picture"), "acme");
        ResponseSpec refused = client.http
                .post()
                .uri("/api/v1/auth/register")
                .header(HttpHeaders.ACCEPT, "image/*")
                .bodyValue(body)
                .exchange();

        Client.problem(refused, 406, "request.not-acceptable");
        client.register(body);
    }
}
