package dev.parley.notification.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.PreferencesChanged;
import dev.parley.events.Topics;
import dev.parley.notification.NotificationServiceTest;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What users choose for themselves. */
class PreferencesTest extends NotificationServiceTest {

    private static final String PATH = "/api/v1/users/me/preferences";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Object> NIGHT =
            Map.of("enabled", true, "start", "22:30", "end", "07:00", "timezone", "Asia/Kolkata");

    @Autowired
    private Preferences preferences;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

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
        assertThat(get(bob).isNull()).isTrue();
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
    void arePublishedAsAWholeWithEveryChange() {
        try (TopicReader preferences = new TopicReader(Topics.PREFERENCES)) {
            patch(alice, Map.of());
            patch(alice, Map.of("soundEnabled", false));
            patch(alice, Map.of("soundEnabled", false));
            patch(alice, Map.of("quietHours", NIGHT, "lastSeenVisibility", "nobody"));
            patch(alice, Map.of("lastSeenVisibility", "everyone"));

            List<JsonNode> published = preferences.await(alice, 3, message -> true).stream()
                    .peek(message -> assertThat(TopicReader.type(message)).isEqualTo("preferences.changed"))
                    .map(message -> JSON.readTree(message.value()))
                    .toList();
            Map<String, Object> state = new HashMap<>();
            state.put("userId", alice);
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
                .map(name -> as(alice).call("PATCH", PATH, Map.of(name, false)).status())
                .toList();

        assertThat(answers).containsOnly(200);
        try (TopicReader preferences = new TopicReader(Topics.PREFERENCES)) {
            List<JsonNode> published = preferences.await(alice, switches.size(), message -> true).stream()
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
    void haveQuietHoursThatEndAtAnotherTimeThanTheyBegin() {
        Map<String, Object> always = new HashMap<>(NIGHT);
        always.put("end", NIGHT.get("start"));

        assertThat(wrong(Map.of("quietHours", always))).containsExactly("quietHours.end");
    }

    @Test
    void areThereWithDefaultsFromTheFirstDeviceOn() {
        Map<String, String> device =
                Map.of("deviceId", alice, "platform", "ios", "provider", "expo", "token", "token-of-" + alice);
        assertThat(as(alice).post("/api/v1/users/me/devices", device).status()).isEqualTo(204);

        assertThat(get(alice).path("notificationsEnabled").asBoolean(false)).isTrue();
        assertThat(get(alice).path("lastSeenVisibility").asString()).isEqualTo("everyone");
        assertThat(get(alice).has("quietHours")).isFalse();

        patch(alice, Map.of("soundEnabled", false));
        assertThat(as(alice).post("/api/v1/users/me/devices", device).status()).isEqualTo(204);
        assertThat(get(alice).path("soundEnabled").asBoolean(true)).isFalse();
        try (TopicReader topic = new TopicReader(Topics.PREFERENCES)) {
            assertThat(revisions(topic, 2)).containsExactly(1, 2);
        }
    }

    @Test
    void areReadForManyUsersAtOnceWithDefaultsWhereTheyHaveNone() {
        patch(alice, Map.of("quietHours", NIGHT, "messagePreview", false));

        assertThat(preferences.ofUsers(List.of(alice, bob)).block())
                .isEqualTo(Map.of(
                        alice,
                        new PushPreferences(
                                true,
                                true,
                                false,
                                true,
                                true,
                                true,
                                new QuietHours(true, "22:30", "07:00", "Asia/Kolkata")),
                        bob,
                        PushPreferences.DEFAULTS));
    }

    /** The owner before this service published them. */
    @Test
    void areTakenOverAsTheyWerePublishedAndGoOnFromThere() {
        PreferencesChanged.QuietHours allDay = new PreferencesChanged.QuietHours(true, "08:00", "08:00", "UTC");
        publish(new PreferencesChanged(alice, TENANT, 7, null, false, null, true, null, null, allDay, "contacts"));
        Until.satisfied(() -> assertThat(get(alice).isNull()).isFalse());

        JsonNode changed = patch(alice, Map.of("notifyOnMention", false));

        assertThat(changed.path("soundEnabled").asBoolean(true)).isFalse();
        assertThat(changed.path("notifyOnMention").asBoolean(true)).isFalse();
        assertThat(changed.path("lastSeenVisibility").asString()).isEqualTo("contacts");
        assertThat(changed.at("/quietHours/start").asString()).isEqualTo("08:00");
        try (TopicReader topic = new TopicReader(Topics.PREFERENCES)) {
            assertThat(revisions(topic, 2)).containsExactly(7, 8);
        }

        publish(new PreferencesChanged(alice, TENANT, 5, null, true, null, null, null, null, null, null));
        publish(new PreferencesChanged(alice, TENANT, 8, null, true, null, null, null, null, null, null));
        publish(new PreferencesChanged(alice, TENANT, 12, null, true, null, null, null, null, null, "of tomorrow"));
        Until.satisfied(() ->
                assertThat(get(alice).path("soundEnabled").asBoolean(false)).isTrue());
        JsonNode last = patch(alice, Map.of("notifyOnReaction", false));
        assertThat(last.path("lastSeenVisibility").asString()).isEqualTo("of tomorrow");
        assertThat(last.path("notifyOnMention").asBoolean(false)).isTrue();
        assertThat(last.has("quietHours")).isFalse();
        try (TopicReader topic = new TopicReader(Topics.PREFERENCES)) {
            assertThat(revisions(topic, 6)).containsExactly(7, 8, 5, 8, 12, 13);
        }
    }

    @Test
    void areCopiedWhereOthersSeeThemBeforeTheAnswer() {
        TestUsers.register(TENANT, alice);

        patch(alice, Map.of("lastSeenVisibility", "nobody"));
        assertThat(TestUsers.visibilityOf(alice)).isEqualTo("nobody");
        patch(alice, Map.of("lastSeenVisibility", "contacts", "soundEnabled", false));
        assertThat(TestUsers.visibilityOf(alice)).isEqualTo("contacts");
    }

    /** Whoever shows users to others hears of it from the topic. */
    @Test
    void areStoredThoughNobodyTakesTheCopy() {
        JsonNode changed = patch(bob, Map.of("lastSeenVisibility", "nobody"));

        assertThat(changed.path("lastSeenVisibility").asString()).isEqualTo("nobody");
        assertThat(get(bob)).isEqualTo(changed);
    }

    private void publish(PreferencesChanged changed) {
        publisher.publish(List.of(events.pending(changed))).block();
    }

    private List<Integer> revisions(TopicReader topic, int count) {
        return topic.await(alice, count, message -> true).stream()
                .map(message -> JSON.readTree(message.value()).path("revision").asInt())
                .toList();
    }

    private JsonNode get(String userId) {
        return JSON.readTree(as(userId).getText(PATH));
    }

    private JsonNode patch(String userId, Map<String, ?> change) {
        ApiClient.Answer answer = as(userId).call("PATCH", PATH, change);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private List<String> wrong(Map<String, ?> change) {
        ApiClient.Answer answer = as(alice).call("PATCH", PATH, change);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("request.invalid");
        return answer.body().path("errors").findValuesAsString("field");
    }
}
