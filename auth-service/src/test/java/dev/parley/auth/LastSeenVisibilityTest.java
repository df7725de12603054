package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import dev.parley.events.PreferencesChanged;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What users have chosen of who may see when they were last seen, and whom it concerns. notification-service keeps what they choose. */
class LastSeenVisibilityTest extends OverTheWire {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    private Account alice;

    @DynamicPropertySource
    static void secret(DynamicPropertyRegistry properties) {
        properties.add("parley.service-secret", () -> EmbeddedParts.SERVICE_SECRET);
    }

    @BeforeEach
    void register() {
        alice = client.register("acme");
    }

    @Test
    void losesNothingWhereItChangesAtTheSameTimeAsTheProfile() {
        List<Supplier<ResponseSpec>> changes = List.of(
                () -> client.copyVisibility(alice, "nobody", 1),
                () -> profile(Map.of("firstName", "Ada")),
                () -> profile(Map.of("lastName", "Lovelace")));

        List<Integer> answers = changes.parallelStream()
                .map(change -> change.get().returnResult(Void.class).getStatus().value())
                .toList();

        assertThat(answers).isSubsetOf(200, 204);
        JsonNode me = Client.json(client.get("/api/v1/users/me", alice.accessToken()));
        assertThat(me.path("firstName").asString()).isEqualTo("Ada");
        assertThat(me.path("lastName").asString()).isEqualTo("Lovelace");
        assertThat(privacyOfAlice()).isEqualTo(seenBy("nobody"));
    }

    /** For services that begin to follow after Kafka has lost its topics. */
    @Test
    void isToldAgainWithTheNamesOfAllUsersWhenAnOperatorAsks() {
        copy("contacts", 1);
        profile(Map.of("displayName", "Ada now")).expectStatus().isOk();
        try (TopicReader users = new TopicReader(Topics.USERS)) {
            Set<String> before =
                    awaitEvents(users, 3).stream().map(TopicReader::id).collect(Collectors.toSet());

            String next = "";
            do {
                ResponseSpec portion = asked("republish?after=" + next, Map.of());
                portion.expectStatus().isOk();
                next = Client.json(portion).path("next").asString("");
            } while (!next.isEmpty());

            JsonNode told =
                    JSON.readTree(users.await(alice.id(), 1, message -> !before.contains(TopicReader.id(message)))
                            .get(0)
                            .value());
            assertThat(told.path("displayName").asString()).isEqualTo("Ada now");
            assertThat(told.path("lastSeenVisibility").asString()).isEqualTo("contacts");
            assertThat(told.path("profileChanged").asBoolean(true))
                    .as("clients are told nothing")
                    .isFalse();
        }
    }

    @Test
    void isCopiedOnlyFromNewerPreferences() {
        copy("contacts", 3);
        copy("nobody", 2);
        assertThat(privacyOfAlice()).isEqualTo(seenBy("contacts"));
        copy("nobody", 4);
        assertThat(privacyOfAlice()).isEqualTo(seenBy("nobody"));

        JsonNode problem = Client.problem(client.copyVisibility(alice, "friends", 0), 400, "request.invalid");
        assertThat(problem.path("errors").findValuesAsString("field"))
                .containsExactly("lastSeenVisibility", "preferencesRevision");
        client.http
                .put()
                .uri("/internal/platform/users/nobody-here/last-seen-visibility")
                .headers(headers -> headers.setBasicAuth("service", EmbeddedParts.SERVICE_SECRET))
                .bodyValue(Map.of("tenantId", "acme", "lastSeenVisibility", "nobody", "preferencesRevision", 1))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void isToldToOthersOnce() {
        try (TopicReader users = new TopicReader(Topics.USERS)) {
            copy("contacts", 1);
            copy("contacts", 2);
            copy("everyone", 3);
            profile(Map.of("displayName", "Last")).expectStatus().isOk();

            List<String> told = awaitEvents(users, 4).stream()
                    .map(message -> JSON.readTree(message.value()))
                    .map(event -> event.path("lastSeenVisibility").asString("everyone") + " "
                            + event.path("displayName").asString())
                    .toList();
            String name = alice.text("displayName");
            assertThat(told)
                    .containsExactly("everyone " + name, "contacts " + name, "everyone " + name, "everyone Last");
        }
    }

    @Test
    void isAsItWasPublishedLast() {
        copy("contacts", 1);
        publish(3, "nobody");
        publish(2, "everyone");
        publish(4, "nobody");
        publish(5, "unknown here");

        Until.satisfied(() -> assertThat(privacyOfAlice()).isEqualTo(seenBy("nobody")));
        publish(6, "everyone");
        Until.satisfied(() -> assertThat(privacyOfAlice()).isEmpty());
        try (TopicReader users = new TopicReader(Topics.USERS)) {
            assertThat(awaitEvents(users, 4))
                    .extracting(message -> JSON.readTree(message.value())
                            .path("lastSeenVisibility")
                            .asString("everyone"))
                    .containsExactly("everyone", "contacts", "nobody", "everyone");
        }
    }

    private List<ConsumerRecord<String, String>> awaitEvents(TopicReader users, int count) {
        return users.awaitDistinct(alice.id(), count, message -> message.value().contains(alice.text("username")));
    }

    private void publish(long revision, String lastSeenVisibility) {
        PreferencesChanged changed = new PreferencesChanged(
                alice.id(), "acme", revision, null, null, null, null, null, null, null, lastSeenVisibility);
        publisher.publish(List.of(events.pending(changed))).block();
    }

    @Test
    void isToldToServicesWhereItIsNotEveryone() {
        Account bob = client.register("acme");
        Account carol = client.register("acme");
        Account stranger = client.register("umbrella");
        copy("nobody", 1);
        client.copyVisibility(bob, "everyone", 1).expectStatus().isNoContent();
        client.copyVisibility(stranger, "nobody", 1).expectStatus().isNoContent();

        JsonNode told = Client.json(
                privacy(Map.of("tenantId", "acme", "ids", List.of(alice.id(), bob.id(), carol.id(), stranger.id()))));

        assertThat(told).isEqualTo(seenBy("nobody"));
        JsonNode problem = Client.problem(privacy(Map.of("ids", 7)), 400, "request.invalid");
        assertThat(problem.path("errors").findValuesAsString("field")).containsExactly("tenantId", "ids");
    }

    /** Beside who may see whom, as the test has the secret of the services. */
    @Test
    void isToldToServicesLikeTheAddressesOfUsersWithinTheirTenantOnly() {
        Account bob = client.register("acme");
        Account stranger = client.register("umbrella");

        JsonNode told = Client.json(asked(
                "addresses",
                Map.of("tenantId", "acme", "ids", List.of(bob.id(), alice.id(), stranger.id(), "nobody"))));

        assertThat(told.valueStream())
                .containsExactlyInAnyOrder(
                        JSON.valueToTree(Map.of("userId", alice.id(), "email", alice.text("email"))),
                        JSON.valueToTree(Map.of("userId", bob.id(), "email", bob.text("email"))));
        Client.problem(asked("addresses", Map.of("ids", List.of(bob.id()))), 400, "request.invalid");
    }

    private ResponseSpec privacy(Map<String, ?> body) {
        return asked("privacy", body);
    }

    private ResponseSpec asked(String question, Map<String, ?> body) {
        return client.http
                .post()
                .uri("/internal/platform/users/" + question)
                .headers(headers -> headers.setBasicAuth("service", EmbeddedParts.SERVICE_SECRET))
                .bodyValue(body)
                .exchange();
    }

    private JsonNode privacyOfAlice() {
        return Client.json(privacy(Map.of("tenantId", "acme", "ids", List.of(alice.id()))));
    }

    private JsonNode seenBy(String visibility) {
        return JSON.valueToTree(List.of(Map.of("userId", alice.id(), "lastSeenVisibility", visibility)));
    }

    private void copy(String visibility, long preferencesRevision) {
        client.copyVisibility(alice, visibility, preferencesRevision)
                .expectStatus()
                .isNoContent();
    }

    private ResponseSpec profile(Map<String, ?> change) {
        return client.send(HttpMethod.PATCH, "/api/v1/users/me", alice.accessToken(), change);
    }
}
