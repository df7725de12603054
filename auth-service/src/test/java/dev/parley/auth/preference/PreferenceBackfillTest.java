package dev.parley.auth.preference;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.parley.auth.AuthServiceTest;
import dev.parley.auth.TestEnvironment;
import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.events.Topics;
import dev.parley.platform.test.TopicReader;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service starts with preferences in its store that were never published. */
@AuthServiceTest
@ContextConfiguration(initializers = PreferenceBackfillTest.Earlier.class)
class PreferenceBackfillTest {

    private static final String TENANT = "earlier";
    private static final JsonMapper JSON = new JsonMapper();

    /** More than one batch. */
    private static final int OTHERS = 450;

    @Autowired
    private PreferenceBackfill backfill;

    @Autowired
    private UserPreferences preferences;

    /** Stores what an earlier version left. */
    static final class Earlier implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new TestEnvironment().initialize(context);
            String uri = context.getEnvironment().getRequiredProperty("spring.mongodb.uri");
            try (MongoClient client = MongoClients.create(uri)) {
                MongoDatabase database = client.getDatabase(uri.substring(uri.lastIndexOf('/') + 1));
                Flux.from(database.getCollection("users")
                                .insertMany(List.of(
                                        user("both").append("lastSeenVisibility", "NOBODY"),
                                        user("visibility-alone").append("lastSeenVisibility", "CONTACTS"),
                                        user("switch-alone"),
                                        user("nothing"))))
                        .thenMany(database.getCollection("users")
                                .insertMany(IntStream.range(0, OTHERS)
                                        .mapToObj(number -> user("other-" + number))
                                        .toList()))
                        .thenMany(database.getCollection("preferences")
                                .insertMany(List.of(
                                        chosen("both")
                                                .append("soundEnabled", false)
                                                .append("quietHours", new Document(night())),
                                        chosen("switch-alone").append("notifyOnMention", false),
                                        chosen("user-who-is-gone").append("notifyOnMention", false))))
                        .thenMany(database.getCollection("preferences")
                                .insertMany(IntStream.range(0, OTHERS)
                                        .mapToObj(number ->
                                                chosen("other-" + number).append("soundEnabled", true))
                                        .toList()))
                        .blockLast();
            }
        }

        private static Document user(String id) {
            return new Document("_id", id)
                    .append("tenantId", TENANT)
                    .append("email", id + "@example.org")
                    .append("emailKey", TENANT + '/' + id + "@example.org")
                    .append("username", id)
                    .append("usernameKey", TENANT + '/' + id)
                    .append("displayName", id)
                    .append("revision", 7L)
                    .append("createdAt", new Date())
                    .append("updatedAt", new Date());
        }

        private static Document chosen(String userId) {
            return new Document("_id", userId).append("tenantId", TENANT);
        }
    }

    private static Map<String, Object> night() {
        return Map.of("enabled", true, "start", "22:30", "end", "07:00", "timezone", "UTC");
    }

    @Test
    void publishesWhatWasStoredBeforeOnceAndGoesOnFromThere() {
        try (TopicReader topic = new TopicReader(Topics.PREFERENCES)) {
            assertThat(states(topic, "both", 1))
                    .containsExactly(JSON.valueToTree(Map.of(
                            "userId",
                            "both",
                            "tenantId",
                            TENANT,
                            "revision",
                            1,
                            "soundEnabled",
                            false,
                            "quietHours",
                            night(),
                            "lastSeenVisibility",
                            "nobody")));
            assertThat(states(topic, "visibility-alone", 1))
                    .containsExactly(JSON.valueToTree(Map.of(
                            "userId",
                            "visibility-alone",
                            "tenantId",
                            TENANT,
                            "revision",
                            1,
                            "lastSeenVisibility",
                            "contacts")));
            assertThat(states(topic, "switch-alone", 1))
                    .containsExactly(JSON.valueToTree(Map.of(
                            "userId", "switch-alone", "tenantId", TENANT, "revision", 1, "notifyOnMention", false)));
            IntStream.range(0, OTHERS).forEach(number -> assertThat(states(topic, "other-" + number, 1))
                    .hasSize(1));

            assertThat(backfill.run().block()).isZero();
            choose("both", LastSeenVisibility.EVERYONE);
            choose("visibility-alone", LastSeenVisibility.NOBODY);
            choose("nothing", LastSeenVisibility.NOBODY);

            assertThat(states(topic, "both", 2))
                    .extracting(PreferenceBackfillTest::told)
                    .containsExactly("1 nobody", "2 everyone");
            assertThat(states(topic, "visibility-alone", 2))
                    .extracting(PreferenceBackfillTest::told)
                    .containsExactly("1 contacts", "2 nobody");
            assertThat(states(topic, "nothing", 1))
                    .extracting(PreferenceBackfillTest::told)
                    .containsExactly("1 nobody");
        }
        try (TopicReader users = new TopicReader(Topics.USERS)) {
            assertThat(states(users, "both", 1))
                    .as("that a copy of the same visibility was marked is nothing to tell")
                    .extracting(user -> user.path("lastSeenVisibility").asString("everyone"))
                    .containsExactly("everyone");
        }
    }

    private void choose(String userId, LastSeenVisibility visibility) {
        preferences.change(TENANT, userId, PreferencesChange.of(visibility)).block();
    }

    private static List<JsonNode> states(TopicReader topic, String userId, int count) {
        List<ConsumerRecord<String, String>> messages = topic.await(userId, count, message -> true);
        return messages.stream().map(message -> JSON.readTree(message.value())).toList();
    }

    private static String told(JsonNode state) {
        return state.path("revision").asInt() + " "
                + state.path("lastSeenVisibility").asString();
    }
}
