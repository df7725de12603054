package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@TestPropertySource(properties = "parley.service-secret=open: sesame")
class SessionTest extends OverTheWire {

    private static final String LOGOUT = "/api/v1/auth/logout";
    private static final String LOOKUP = "/internal/platform/users/lookup";

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Test
    void givesNewTokensForARefreshToken() {
        Account account = client.register("acme");
        ResponseSpec answer = client.refresh(account.refreshToken());
        answer.expectStatus().isOk();
        JsonNode tokens = Client.json(answer);
        assertThat(tokens.propertyNames())
                .containsExactlyInAnyOrder("accessToken", "refreshToken", "tokenType", "expiresIn");
        assertThat(tokens.get("refreshToken").asString()).isNotEqualTo(account.refreshToken());
        client.get("/api/v1/users/me", tokens.get("accessToken").asString())
                .expectStatus()
                .isOk();
    }

    @Test
    void refreshesThoughTheAccessTokenBesideItIsNoLongerGood() {
        Account account = client.register("acme");
        client.send(
                        HttpMethod.POST,
                        "/api/v1/auth/refresh",
                        "an.old.token",
                        Map.of("refreshToken", account.refreshToken()))
                .expectStatus()
                .isOk();
    }

    @Test
    void endsTheSessionWhenAUsedRefreshTokenComesAgain() {
        Account account = client.register("acme");
        String next = refreshed(account.refreshToken());
        String newest = refreshed(next);
        Client.problem(client.refresh(account.refreshToken()), 401, "auth.refresh-token-reused");
        Client.problem(client.refresh(newest), 401, "auth.invalid-refresh-token");
    }

    @Test
    void letsOnlyOneOfTwoAtOnceUseARefreshToken() {
        Account account = client.register("acme");
        List<Integer> statuses = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> client.refresh(account.refreshToken())
                        .expectBody()
                        .returnResult()
                        .getStatus()
                        .value())
                .toList();
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 401);
    }

    @Test
    void leavesTheSessionAloneWhenSomebodyMakesUpARefreshToken() {
        Account account = client.register("acme");
        String sessionId =
                account.refreshToken().substring(0, account.refreshToken().indexOf('.'));
        Client.problem(client.refresh(sessionId + ".made-up"), 401, "auth.invalid-refresh-token");
        Client.problem(client.refresh("no token at all"), 401, "auth.invalid-refresh-token");
        refreshed(account.refreshToken());
    }

    @Test
    void remembersABoundedNumberOfUsedTokens() {
        Account account = client.register("acme");
        String token = account.refreshToken();
        for (int i = 0; i < 55; i++) {
            token = refreshed(token);
        }
        String sessionId = token.substring(0, token.indexOf('.'));
        List<?> used = mongo.findById(sessionId, org.bson.Document.class, "sessions")
                .block()
                .getList("usedHashes", Object.class);
        assertThat(used).hasSize(50);
    }

    @Test
    void storesNoRefreshToken() {
        Account account = client.register("acme");
        String secret = account.refreshToken().substring(account.refreshToken().indexOf('.') + 1);
        String sessions = mongo.findAll(org.bson.Document.class, "sessions")
                .collectList()
                .block()
                .toString();
        assertThat(sessions).contains(account.id()).doesNotContain(secret);
    }

    @Test
    void endsTheSessionOfTheRefreshTokenOnSignOut() {
        Account first = client.register("acme");
        Account second = client.login(first);
        client.post(LOGOUT, Map.of("refreshToken", first.refreshToken()))
                .expectStatus()
                .isNoContent();
        Client.problem(client.refresh(first.refreshToken()), 401, "auth.invalid-refresh-token");
        refreshed(second.refreshToken());
    }

    @Test
    void endsTheSessionOfTheAccessTokenOnSignOutWithoutARefreshToken() {
        Account account = client.register("acme");
        client.send(HttpMethod.POST, LOGOUT, account.accessToken(), null)
                .expectStatus()
                .isNoContent();
        Client.problem(client.refresh(account.refreshToken()), 401, "auth.invalid-refresh-token");
    }

    @Test
    void refusesASignOutOfNobody() {
        Client.problem(client.http.post().uri(LOGOUT).exchange(), 401, "auth.token-missing");
        Client.problem(client.send(HttpMethod.POST, LOGOUT, "no.valid.token", null), 401, "auth.invalid-token");
        Client.problem(client.post(LOGOUT, Map.of("refreshToken", 7)), 400, "request.invalid");
    }

    @Test
    void endsEverySessionOfTheUserAtOnce() {
        Account first = client.register("acme");
        Account second = client.login(first);
        Account somebodyElse = client.register("acme");
        client.send(HttpMethod.POST, LOGOUT + "-all", first.accessToken(), null)
                .expectStatus()
                .isNoContent();
        Client.problem(client.refresh(first.refreshToken()), 401, "auth.invalid-refresh-token");
        Client.problem(client.refresh(second.refreshToken()), 401, "auth.invalid-refresh-token");
        refreshed(somebodyElse.refreshToken());
    }

    @Test
    void givesAServiceATokenForALiveSession() {
        Account account = client.register("acme");
        ResponseSpec answer = tokenFor(account, "presence:open: sesame");
        answer.expectStatus().isOk();
        JsonNode token = Client.json(answer);
        assertThat(token.get("expiresIn").asInt()).isEqualTo(900);
        client.get("/api/v1/users/me", token.get("accessToken").asString())
                .expectStatus()
                .isOk();
    }

    @Test
    void givesAServiceNoTokenForASessionThatEnded() {
        Account account = client.register("acme");
        client.post(LOGOUT, Map.of("refreshToken", account.refreshToken()));
        Client.problem(tokenFor(account, "presence:open: sesame"), 401, "auth.session-ended");
    }

    @Test
    void givesNobodyButAServiceATokenForASession() {
        Account account = client.register("acme");
        Client.problem(tokenFor(account, "presence:guess"), 401, "auth.invalid-service-credentials");
        Client.problem(tokenFor(account, "presence:"), 401, "auth.invalid-service-credentials");
        Client.problem(
                client.send(HttpMethod.POST, tokenPath(account), account.accessToken(), null),
                401,
                "auth.invalid-service-credentials");
    }

    @Test
    void looksUpNamesInTheOrderOfTheIds() {
        Account account = client.register("acme");
        Account colleague = client.register("acme");
        Account stranger = client.register("umbrella");
        ResponseSpec answer =
                lookup(Map.of("tenantId", "acme", "ids", List.of(colleague.id(), stranger.id(), "none", account.id())));
        answer.expectStatus().isOk();
        JsonNode summaries = Client.json(answer);
        assertThat(summaries.findValuesAsString("id")).containsExactly(colleague.id(), account.id());
        assertThat(summaries.get(0).propertyNames()).containsExactlyInAnyOrder("id", "username", "displayName");
    }

    @Test
    void boundsALookup() {
        Map<String, Object> tooMany = Map.of("tenantId", "acme", "ids", Collections.nCopies(1001, "x"));
        Client.problem(lookup(tooMany), 400, "request.invalid");
    }

    @Test
    void looksUpNamesForServicesAlone() {
        Account account = client.register("acme");
        Client.problem(
                client.send(
                        HttpMethod.POST,
                        LOOKUP,
                        account.accessToken(),
                        Map.of("tenantId", "acme", "ids", List.of(account.id()))),
                401,
                "auth.invalid-service-credentials");
    }

    @Test
    void findsUsersByTheirNamesInWhateverCase() {
        Account account = client.register("acme");
        String username = Client.json(client.get("/api/v1/users/me", account.accessToken()))
                .get("username")
                .asString();
        ResponseSpec answer = asService(
                "/internal/platform/users/by-username",
                Map.of("tenantId", "acme", "usernames", List.of(username.toUpperCase(Locale.ROOT), "nobody")));
        answer.expectStatus().isOk();
        assertThat(Client.json(answer).findValuesAsString("id")).containsExactly(account.id());
        assertThat(Client.json(asService(
                        "/internal/platform/users/by-username",
                        Map.of("tenantId", "umbrella", "usernames", List.of(username)))))
                .isEmpty();
    }

    private ResponseSpec lookup(Map<String, Object> body) {
        return asService(LOOKUP, body);
    }

    private ResponseSpec asService(String path, Map<String, Object> body) {
        return client.http
                .post()
                .uri(path)
                .headers(headers -> headers.setBasicAuth("conversation", "open: sesame"))
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec tokenFor(Account account, String service) {
        String basic = "Basic " + Base64.getEncoder().encodeToString(service.getBytes());
        return client.http
                .post()
                .uri(tokenPath(account))
                .header("Authorization", basic)
                .exchange();
    }

    private static String tokenPath(Account account) {
        return "/internal/platform/sessions/"
                + account.refreshToken().substring(0, account.refreshToken().indexOf('.')) + "/token";
    }

    private String refreshed(String refreshToken) {
        ResponseSpec answer = client.refresh(refreshToken);
        answer.expectStatus().isOk();
        return Client.json(answer).get("refreshToken").asString();
    }
}
