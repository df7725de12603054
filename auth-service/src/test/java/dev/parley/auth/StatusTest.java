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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** Users are shown with what presence-service says of them, and without it where it says nothing. */
class StatusTest extends OverTheWire {

    private static final StubServices SERVICES = new StubServices();
    private static final String PROFILES = "/internal/platform/users/profiles";

    private Account alice;
    private Account bob;

    @DynamicPropertySource
    static void presence(DynamicPropertyRegistry properties) {
        // Nobody is at the first one: whenever it is that one's turn, the other is asked.
        properties.add("parley.auth.presence.nodes", () -> "http://127.0.0.1:1," + SERVICES.url());
        properties.add("parley.auth.presence.timeout", () -> "2s");
        properties.add("parley.services.conversation", SERVICES::url);
        properties.add("parley.service-secret", () -> EmbeddedParts.SERVICE_SECRET);
    }

    @BeforeEach
    void aliceIsOnlineAndBobIsAway() {
        alice = client.register(StubServices.TENANT);
        bob = client.register(StubServices.TENANT);
        SERVICES.statuses.put(alice.id(), "online");
        SERVICES.statuses.put(bob.id(), "away");
    }

    @AfterEach
    void answerAgain() {
        SERVICES.silent = false;
        SERVICES.knowsNoContacts = false;
        SERVICES.contacts.clear();
        SERVICES.statuses.clear();
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
        SERVICES.statuses.put(bob.id(), "dreaming");
        assertThat(get("/api/v1/users/" + bob.id()).has("status")).isFalse();
        SERVICES.silent = true;

        JsonNode me = get("/api/v1/users/me");

        assertThat(me.has("status")).isFalse();
        assertThat(me.path("id").asString()).isEqualTo(alice.id());
        assertThat(client.login(alice).user().has("status")).isFalse();
    }

    @Test
    void knowsOfANewUserWithoutAsking() {
        SERVICES.silent = true;

        assertThat(client.register(StubServices.TENANT).text("status")).isEqualTo("offline");
    }

    @Test
    void tellsServicesOfWholeUsersOfATenantInTheOrderAsked() {
        Account stranger = client.register("umbrella");

        JsonNode profiles = Client.json(
                profiles(StubServices.TENANT, alice.id(), List.of(bob.id(), "nobody", stranger.id(), alice.id())));

        assertThat(profiles.findValuesAsString("id")).containsExactly(bob.id(), alice.id());
        assertThat(profiles.get(0)).isEqualTo(get("/api/v1/users/" + bob.id()));
        assertThat(profiles.get(1)).isEqualTo(get("/api/v1/users/" + alice.id()));
    }

    @Test
    void showsOthersNoMoreThanNamesAndStatusInWhateverWay() {
        Map<String, Object> everything = Client.registration(Client.unique("eve"), StubServices.TENANT);
        everything.put("firstName", "Eve");
        everything.put("lastName", "Adams");
        Account eve = client.register(everything);
        SERVICES.statuses.put(eve.id(), "online");
        client.send(HttpMethod.PATCH, "/api/v1/users/me", eve.accessToken(), Map.of("phone", "+1 555 0199"))
                .expectStatus()
                .isOk();

        for (JsonNode shown : everyView(alice, eve)) {
            assertThat(shown.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id", "username", "displayName", "firstName", "lastName", "isBot", "status");
            assertThat(shown.toString()).doesNotContain("example.org", "0199");
        }
        JsonNode own = Client.json(client.get("/api/v1/users/me", eve.accessToken()));
        assertThat(own.path("email").asString()).isEqualTo(eve.text("email"));
        assertThat(own.path("phone").asString()).isEqualTo("+1 555 0199");
    }

    @ParameterizedTest
    @CsvSource({
        "everyone, false, true",
        "everyone, true, true",
        "contacts, false, false",
        "contacts, true, true",
        "nobody, false, false",
        "nobody, true, false"
    })
    void showsTheStatusToThoseToWhomTheUserShowsIt(String visibility, boolean contact, boolean shown) {
        choose(bob, visibility);
        if (contact) {
            SERVICES.contacts.add(bob.id());
        }

        for (JsonNode view : everyView(alice, bob)) {
            assertThat(view.has("status")).as("%s", view).isEqualTo(shown);
        }
        for (JsonNode view : everyView(bob, bob)) {
            assertThat(status(view)).as("%s", view).isEqualTo("away");
        }
        assertThat(status(Client.json(client.get("/api/v1/users/me", bob.accessToken()))))
                .isEqualTo("away");
        assertThat(client.login(bob).text("status")).isEqualTo("away");
    }

    @Test
    void showsTheStatusToNobodyWhileItIsUnknownWhoAreContacts() {
        choose(bob, "contacts");
        SERVICES.contacts.add(bob.id());
        SERVICES.knowsNoContacts = true;

        for (JsonNode view : everyView(alice, bob)) {
            assertThat(view.path("id").asString()).isEqualTo(bob.id());
            assertThat(view.has("status")).as("%s", view).isFalse();
        }
    }

    /** A user in every form in which a viewer gets to see it. */
    private List<JsonNode> everyView(Account viewer, Account user) {
        String token = viewer.accessToken();
        JsonNode listed = Client.json(client.get("/api/v1/users", token))
                .path("data")
                .valueStream()
                .filter(each -> each.path("id").asString().equals(user.id()))
                .findFirst()
                .orElseThrow();
        return List.of(
                listed,
                Client.json(client.get("/api/v1/users?query=" + user.text("username"), token))
                        .path("data")
                        .get(0),
                Client.json(client.get("/api/v1/users/" + user.id(), token)),
                Client.json(profiles(StubServices.TENANT, viewer.id(), List.of(user.id())))
                        .get(0));
    }

    private void choose(Account user, String visibility) {
        client.copyVisibility(user, visibility, 1).expectStatus().isNoContent();
    }

    @Test
    void refusesTooLargeABatchAndWhoeverIsNoService() {
        String[] many = new String[201];
        Arrays.setAll(many, index -> "user-" + index);
        Client.problem(profiles(StubServices.TENANT, alice.id(), List.of(many)), 400, "request.invalid");
        Client.problem(
                client.send(HttpMethod.POST, PROFILES, alice.accessToken(), Map.of()),
                401,
                "auth.invalid-service-credentials");
    }

    private ResponseSpec profiles(String tenantId, String viewerId, List<String> ids) {
        return client.http
                .post()
                .uri(PROFILES)
                .headers(headers -> headers.setBasicAuth("service", EmbeddedParts.SERVICE_SECRET))
                .bodyValue(Map.of("tenantId", tenantId, "viewerId", viewerId, "ids", ids))
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
