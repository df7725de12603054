package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
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
    void endsTheSessionWhenATokenOfTwoRotationsAgoComesAgain() {
        Account account = client.register("acme");
        String next = client.refreshed(account.refreshToken());
        String newest = client.refreshed(next);
        Client.problem(client.refresh(account.refreshToken()), 401, "auth.refresh-token-reused");
        Client.problem(client.refresh(newest), 401, "auth.invalid-refresh-token");
        Client.problem(client.refresh(next), 401, "auth.invalid-refresh-token");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 51, 120})
    void endsTheSessionForAUsedTokenHoweverManyCameAfterIt(int rotations) {
        Account account = client.register("acme");
        String token = account.refreshToken();
        for (int i = 0; i < rotations; i++) {
            token = client.refreshed(token);
        }
        Client.problem(client.refresh(account.refreshToken()), 401, "auth.refresh-token-reused");
        Client.problem(client.refresh(token), 401, "auth.invalid-refresh-token");
    }

    @Test
    void givesARetryTheSameSuccessor() {
        Account account = client.register("acme");
        JsonNode first = Client.json(client.refresh(account.refreshToken()));
        client.get("/api/v1/users/me", first.get("accessToken").asString())
                .expectStatus()
                .isOk();

        JsonNode second = Client.json(client.refresh(account.refreshToken()));
        JsonNode third = Client.json(client.refresh(account.refreshToken()));

        assertThat(second.get("refreshToken")).isEqualTo(first.get("refreshToken"));
        assertThat(third.get("refreshToken")).isEqualTo(first.get("refreshToken"));
        client.get("/api/v1/users/me", third.get("accessToken").asString())
                .expectStatus()
                .isOk();
        String next = client.refreshed(first.get("refreshToken").asString());
        assertThat(client.refreshed(first.get("refreshToken").asString())).isEqualTo(next);
        client.refreshed(next);
    }

    @Test
    void givesAllWhoRefreshAtOnceTheSameSuccessor() {
        Account account = client.register("acme");
        List<String> successors = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> client.refreshed(account.refreshToken()))
                .toList();
        assertThat(Set.copyOf(successors)).hasSize(1);
        client.refreshed(successors.get(0));
    }

    @Test
    void takesARetryForATheftOnceTheSuccessorWasUsed() {
        Account account = client.register("acme");
        String next = client.refreshed(account.refreshToken());
        assertThat(client.refreshed(account.refreshToken())).isEqualTo(next);
        String newest = client.refreshed(next);
        Client.problem(client.refresh(account.refreshToken()), 401, "auth.refresh-token-reused");
        Client.problem(client.refresh(newest), 401, "auth.invalid-refresh-token");
    }

    @Test
    void endsTheSessionOnSignOutWithATokenOfLongAgo() {
        Account account = client.register("acme");
        String newest = client.refreshed(client.refreshed(client.refreshed(account.refreshToken())));
        client.post(LOGOUT, Map.of("refreshToken", account.refreshToken()))
                .expectStatus()
                .isNoContent();
        Client.problem(client.refresh(newest), 401, "auth.invalid-refresh-token");
    }

    @Test
    void refreshesASessionThatBeganBeforeTokensHadAFamily() {
        Account account = client.register("acme");
        String sessionId = sessionId(account);
        String old = sessionId + ".of-before";
        mongo.updateFirst(
                        Query.query(Criteria.where("_id").is(sessionId)),
                        new Update()
                                .set("tokenHash", sha256(old))
                                .set("usedHashes", List.of("one"))
                                .unset("familyHash"),
                        "sessions")
                .block();

        String next = client.refreshed(old);
        assertThat(client.refreshed(old)).isEqualTo(next);
        client.refreshed(client.refreshed(next));
        Client.problem(client.refresh(next), 401, "auth.refresh-token-reused");
    }

    @Test
    void leavesTheSessionAloneWhenSomebodyMakesUpARefreshToken() {
        Account account = client.register("acme");
        String sessionId = sessionId(account);
        for (String madeUp : List.of(".made-up", ".made.up", "..", ".", ".a.b.c", "." + sessionId + ".")) {
            Client.problem(client.refresh(sessionId + madeUp), 401, "auth.invalid-refresh-token");
        }
        Client.problem(client.refresh("no token at all"), 401, "auth.invalid-refresh-token");
        client.refreshed(account.refreshToken());
    }

    @Test
    void storesNoRefreshToken() {
        Account account = client.register("acme");
        String next = client.refreshed(account.refreshToken());
        String sessions = mongo.findAll(org.bson.Document.class, "sessions")
                .collectList()
                .block()
                .toString();
        assertThat(sessions).contains(account.id()).doesNotContain(secrets(account.refreshToken()));
        assertThat(sessions).doesNotContain(secrets(next));
    }

    private static String[] secrets(String refreshToken) {
        String[] parts = refreshToken.split("\\.");
        return Arrays.copyOfRange(parts, 1, parts.length);
    }

    @Test
    void leavesExpiredSessionsToTheStoreToRemove() {
        assertThat(mongo.indexOps("sessions").getIndexInfo().collectList().block())
                .anySatisfy(index -> {
                    assertThat(index.isIndexForFields(List.of("expiresAt"))).isTrue();
                    assertThat(index.getExpireAfter()).contains(Duration.ZERO);
                });
    }

    @Test
    void endsTheSessionOfTheRefreshTokenOnSignOut() {
        Account first = client.register("acme");
        Account second = client.login(first);
        client.post(LOGOUT, Map.of("refreshToken", first.refreshToken()))
                .expectStatus()
                .isNoContent();
        Client.problem(client.refresh(first.refreshToken()), 401, "auth.invalid-refresh-token");
        client.refreshed(second.refreshToken());
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
        client.refreshed(somebodyElse.refreshToken());
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
        return "/internal/platform/sessions/" + sessionId(account) + "/token";
    }

    private static String sessionId(Account account) {
        return account.refreshToken().substring(0, account.refreshToken().indexOf('.'));
    }

    private static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
