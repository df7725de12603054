package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import dev.parley.platform.test.EmbeddedParts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Users are shown with what presence-service says of them, and without it where it says nothing. */
class StatusTest extends OverTheWire {

    private static final StubPresence PRESENCE = new StubPresence();
    private static final String PROFILES = "/internal/platform/users/profiles";

    private Account alice;
    private Account bob;

    @DynamicPropertySource
    static void presence(DynamicPropertyRegistry properties) {
        // Nobody is at the first one: whenever it is that one's turn, the other is asked.
        properties.add("parley.auth.presence.nodes", () -> "http://127.0.0.1:1," + PRESENCE.url());
        properties.add("parley.auth.presence.timeout", () -> "2s");
        properties.add("parley.service-secret", () -> EmbeddedParts.SERVICE_SECRET);
    }

    @BeforeEach
    void aliceIsOnlineAndBobIsAway() {
        alice = client.register(StubPresence.TENANT);
        bob = client.register(StubPresence.TENANT);
        PRESENCE.statuses.put(alice.id(), "online");
        PRESENCE.statuses.put(bob.id(), "away");
    }

    @AfterEach
    void answerAgain() {
        PRESENCE.silent = false;
        PRESENCE.statuses.clear();
    }

    @Test
    void showsWhetherSomebodyIsOnlineWhereverAUserIsShown() {
        assertThat(status(get("/api/v1/users/me"))).isEqualTo("online");
        assertThat(status(get("/api/v1/users/" + bob.id()))).isEqualTo("away");
        assertThat(get("/api/v1/users").path("data").findValuesAsString("status"))
                .contains("online", "away");
        assertThat(get("/api/v1/users?query=" + bob.text("username"))
                        .path("data")
                        .findValuesAsString("status"))
                .containsExactly("away");
        assertThat(client.login(alice).text("status")).isEqualTo("online");
    }

    @Test
    void leavesOutWhatNobodyTells() {
        PRESENCE.statuses.put(bob.id(), "dreaming");
        assertThat(get("/api/v1/users/" + bob.id()).has("status")).isFalse();
        PRESENCE.silent = true;

        JsonNode me = get("/api/v1/users/me");

        assertThat(me.has("status")).isFalse();
        assertThat(me.path("id").asString()).isEqualTo(alice.id());
        assertThat(client.login(alice).user().has("status")).isFalse();
    }

    @Test
    void knowsOfANewUserWithoutAsking() {
        PRESENCE.silent = true;

        assertThat(client.register(StubPresence.TENANT).text("status")).isEqualTo("offline");
    }

    @Test
    void tellsServicesOfWholeUsersOfATenantInTheOrderAsked() {
        Account stranger = client.register("umbrella");

        JsonNode profiles = Client.json(profiles(StubPresence.TENANT, bob.id(), "nobody", stranger.id(), alice.id()));

        assertThat(profiles.findValuesAsString("id")).containsExactly(bob.id(), alice.id());
        assertThat(profiles.get(0)).isEqualTo(get("/api/v1/users/" + bob.id()));
        assertThat(profiles.get(1)).isEqualTo(get("/api/v1/users/me"));
    }

    @Test
    void refusesTooLargeABatchAndWhoeverIsNoService() {
        String[] many = new String[201];
        Arrays.setAll(many, index -> "user-" + index);
        Client.problem(profiles(StubPresence.TENANT, many), 400, "request.invalid");
        Client.problem(
                client.send(HttpMethod.POST, PROFILES, alice.accessToken(), Map.of()),
                401,
                "auth.invalid-service-credentials");
    }

    private ResponseSpec profiles(String tenantId, String... ids) {
        return client.http
                .post()
                .uri(PROFILES)
                .headers(headers -> headers.setBasicAuth("service", EmbeddedParts.SERVICE_SECRET))
                .bodyValue(Map.of("tenantId", tenantId, "ids", List.of(ids)))
                .exchange();
    }

    private JsonNode get(String path) {
        ResponseSpec answer = client.get(path, alice.accessToken());
        answer.expectStatus().isOk();
        return Client.json(answer);
    }

    private static String status(JsonNode user) {
        return user.path("status").asString("");
    }
}
