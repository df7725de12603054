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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What users choose for themselves, and whom it concerns. */
class PreferencesTest extends OverTheWire {

    private static final String PATH = "/api/v1/users/me/preferences";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Object> NIGHT =
            Map.of("enabled", true, "start", "22:30", "end", "07:00", "timezone", "Asia/Kolkata");

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
    void areNullUntilSomethingIsChosen() {
        assertThat(get(alice).isNull()).isTrue();
        assertThat(patch(alice, Map.of()).isNull()).isTrue();
        assertThat(get(alice).isNull()).isTrue();
    }

    @Test
    void changeOnlyWhereTheyAreNamed() {
        JsonNode first = patch(alice, Map.of("notifyOnReaction", false));
        assertThat(first)
                .isEqualTo(JSON.valueToTree(Map.of(
                        "notificationsEnabled",
                        true,
                        "soundEnabled",
                        true,
                        "messagePreview",
                        true,
                        "notifyOnMention",
                        true,
                        "notifyOnReaction",
                        false,
                        "notifyOnGroupInvite",
                        true,
                        "lastSeenVisibility",
                        "everyone")));

        patch(alice, Map.of("quietHours", NIGHT, "soundEnabled", false, "somethingElse", 7));
        JsonNode third = patch(alice, Map.of("lastSeenVisibility", "nobody", "soundEnabled", true));

        assertThat(third).isEqualTo(get(alice));
        assertThat(third.path("notifyOnReaction").asBoolean(true)).isFalse();
        assertThat(third.path("soundEnabled").asBoolean(false)).isTrue();
        assertThat(third.path("quietHours")).isEqualTo(JSON.valueToTree(NIGHT));
        assertThat(third.path("lastSeenVisibility").asString()).isEqualTo("nobody");
        assertThat(get(client.register("acme")).isNull()).isTrue();
    }

    @Test
    void loseNothingWhereTheyChangeAtTheSameTimeAsTheProfile() {
        List<Map.Entry<String, Map<String, ?>>> changes = List.of(
                Map.entry(PATH, Map.of("lastSeenVisibility", "nobody")),
                Map.entry(PATH, Map.of("soundEnabled", false)),
                Map.entry(PATH, Map.of("messagePreview", false)),
                Map.entry("/api/v1/users/me", Map.of("firstName", "Ada")),
                Map.entry("/api/v1/users/me", Map.of("lastName", "Lovelace")));

        List<Integer> answers = changes.parallelStream()
                .map(change -> client.send(HttpMethod.PATCH, change.getKey(), alice.accessToken(), change.getValue())
                        .returnResult(Void.class)
                        .getStatus()
                        .value())
                .toList();

        assertThat(answers).containsOnly(200);
        JsonNode preferences = get(alice);
        assertThat(preferences.path("lastSeenVisibility").asString()).isEqualTo("nobody");
        assertThat(preferences.path("soundEnabled").asBoolean(true)).isFalse();
        assertThat(preferences.path("messagePreview").asBoolean(true)).isFalse();
        JsonNode me = Client.json(client.get("/api/v1/users/me", alice.accessToken()));
        assertThat(me.path("firstName").asString()).isEqualTo("Ada");
        assertThat(me.path("lastName").asString()).isEqualTo("Lovelace");
    }

    @Test
    void replaceQuietHoursAsAWhole() {
        patch(alice, Map.of("quietHours", NIGHT));
        Map<String, Object> day = Map.of("enabled", false, "start", "09:00", "end", "17:00", "timezone", "UTC");

        assertThat(patch(alice, Map.of("quietHours", day)).path("quietHours")).isEqualTo(JSON.valueToTree(day));
        assertThat(wrong(Map.of("quietHours", Map.of("enabled", true))))
                .containsExactlyInAnyOrder("quietHours.start", "quietHours.end", "quietHours.timezone");
        assertThat(get(alice).path("quietHours")).isEqualTo(JSON.valueToTree(day));
    }

    @Test
    void nameEveryFieldThatIsWrongAndChangeNothing() {
        Map<String, Object> hours = Map.of("enabled", "yes", "start", "24:00", "end", "7:00", "timezone", "Mars/Base");
        Map<String, Object> body = new HashMap<>();
        body.put("notificationsEnabled", "no");
        body.put("soundEnabled", 1);
        body.put("messagePreview", List.of());
        body.put("notifyOnMention", "true");
        body.put("notifyOnReaction", Map.of());
        body.put("notifyOnGroupInvite", 0);
        body.put("lastSeenVisibility", "friends");
        body.put("quietHours", hours);

        assertThat(wrong(body))
                .containsExactlyInAnyOrder(
                        "notificationsEnabled",
                        "soundEnabled",
                        "messagePreview",
                        "notifyOnMention",
                        "notifyOnReaction",
                        "notifyOnGroupInvite",
                        "lastSeenVisibility",
                        "quietHours.enabled",
                        "quietHours.start",
                        "quietHours.end",
                        "quietHours.timezone");
        assertThat(wrong(Map.of("quietHours", "always", "soundEnabled", false))).containsExactly("quietHours");
        assertThat(get(alice).isNull()).isTrue();
    }

    @Test
    void tellOthersOnceWhoMaySeeWhenSomebodyWasLastSeen() {
        try (TopicReader users = new TopicReader(Topics.USERS)) {
            patch(alice, Map.of("lastSeenVisibility", "contacts"));
            patch(alice, Map.of("lastSeenVisibility", "contacts", "soundEnabled", false));
            patch(alice, Map.of("lastSeenVisibility", "everyone"));
            client.send(HttpMethod.PATCH, "/api/v1/users/me", alice.accessToken(), Map.of("displayName", "Last"))
                    .expectStatus()
                    .isOk();

            List<String> told =
                    users.await(alice.id(), 4, message -> message.value().contains(alice.text("username"))).stream()
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
    void arePublishedAsAWholeWithEveryChange() {
        try (TopicReader preferences = new TopicReader(Topics.PREFERENCES)) {
            patch(alice, Map.of());
            patch(alice, Map.of("soundEnabled", false));
            patch(alice, Map.of("soundEnabled", false));
            patch(alice, Map.of("quietHours", NIGHT, "lastSeenVisibility", "nobody"));
            patch(alice, Map.of("lastSeenVisibility", "everyone"));

            List<JsonNode> published = preferences.await(alice.id(), 3, message -> true).stream()
                    .peek(message -> assertThat(TopicReader.type(message)).isEqualTo("preferences.changed"))
                    .map(message -> JSON.readTree(message.value()))
                    .toList();
            Map<String, Object> state = new HashMap<>();
            state.put("userId", alice.id());
            state.put("tenantId", "acme");
            state.put("soundEnabled", false);
            state.put("revision", 1);
            JsonNode first = JSON.valueToTree(state);
            state.put("quietHours", NIGHT);
            state.put("lastSeenVisibility", "nobody");
            state.put("revision", 2);
            JsonNode second = JSON.valueToTree(state);
            state.put("lastSeenVisibility", "everyone");
            state.put("revision", 3);
            assertThat(published).containsExactly(first, second, JSON.valueToTree(state));
        }
    }

    @Test
    void loseNothingWhereManyOfThemChangeAtTheSameTime() {
        List<String> switches = List.of("soundEnabled", "messagePreview", "notifyOnMention", "notifyOnReaction");
        List<Integer> answers = switches.parallelStream()
                .map(name -> client.send(HttpMethod.PATCH, PATH, alice.accessToken(), Map.of(name, false))
                        .returnResult(Void.class)
                        .getStatus()
                        .value())
                .toList();

        assertThat(answers).containsOnly(200);
        try (TopicReader preferences = new TopicReader(Topics.PREFERENCES)) {
            List<JsonNode> published = preferences.await(alice.id(), switches.size(), message -> true).stream()
                    .map(message -> JSON.readTree(message.value()))
                    .toList();
            assertThat(published)
                    .extracting(event -> event.path("revision").asInt())
                    .containsExactly(1, 2, 3, 4);
            switches.forEach(name ->
                    assertThat(published.get(3).path(name).asBoolean(true)).isFalse());
        }
    }

    @Test
    void showTheUserAsTheyWerePublishedLastWhoeverPublishesThem() {
        patch(alice, Map.of("lastSeenVisibility", "contacts"));
        publish(3, "nobody");
        publish(2, "everyone");
        publish(4, "nobody");
        publish(5, "unknown here");

        Map<String, ?> question = Map.of("tenantId", "acme", "ids", List.of(alice.id()));
        JsonNode nobody = JSON.valueToTree(List.of(Map.of("userId", alice.id(), "lastSeenVisibility", "nobody")));
        Until.satisfied(() -> assertThat(Client.json(privacy(question))).isEqualTo(nobody));
        publish(6, "everyone");
        Until.satisfied(() -> assertThat(Client.json(privacy(question))).isEmpty());
        try (TopicReader users = new TopicReader(Topics.USERS)) {
            assertThat(users.await(alice.id(), 4, message -> true))
                    .extracting(message -> JSON.readTree(message.value())
                            .path("lastSeenVisibility")
                            .asString("everyone"))
                    .containsExactly("everyone", "contacts", "nobody", "everyone");
        }
    }

    private void publish(long revision, String lastSeenVisibility) {
        PreferencesChanged changed = new PreferencesChanged(
                alice.id(), "acme", revision, null, null, null, null, null, null, null, lastSeenVisibility);
        publisher.publish(List.of(events.pending(changed))).block();
    }

    @Test
    void tellServicesWhoIsNotSeenByEveryone() {
        Account bob = client.register("acme");
        Account carol = client.register("acme");
        Account stranger = client.register("umbrella");
        patch(alice, Map.of("lastSeenVisibility", "nobody"));
        patch(bob, Map.of("lastSeenVisibility", "everyone"));
        patch(stranger, Map.of("lastSeenVisibility", "nobody"));

        JsonNode told = Client.json(
                privacy(Map.of("tenantId", "acme", "ids", List.of(alice.id(), bob.id(), carol.id(), stranger.id()))));

        assertThat(told)
                .isEqualTo(JSON.valueToTree(List.of(Map.of("userId", alice.id(), "lastSeenVisibility", "nobody"))));
        JsonNode problem = Client.problem(privacy(Map.of("ids", 7)), 400, "request.invalid");
        assertThat(problem.path("errors").findValuesAsString("field")).containsExactly("tenantId", "ids");
    }

    private ResponseSpec privacy(Map<String, ?> body) {
        return client.http
                .post()
                .uri("/internal/platform/users/privacy")
                .headers(headers -> headers.setBasicAuth("service", EmbeddedParts.SERVICE_SECRET))
                .bodyValue(body)
                .exchange();
    }

    private JsonNode get(Account account) {
        ResponseSpec answer = client.get(PATH, account.accessToken());
        answer.expectStatus().isOk();
        answer.expectHeader().contentType("application/json");
        return Client.json(answer);
    }

    private JsonNode patch(Account account, Map<String, ?> change) {
        ResponseSpec answer = client.send(HttpMethod.PATCH, PATH, account.accessToken(), change);
        answer.expectStatus().isOk();
        return Client.json(answer);
    }

    private List<String> wrong(Map<String, ?> change) {
        ResponseSpec answer = client.send(HttpMethod.PATCH, PATH, alice.accessToken(), change);
        return Client.problem(answer, 400, "request.invalid").path("errors").findValuesAsString("field");
    }
}
