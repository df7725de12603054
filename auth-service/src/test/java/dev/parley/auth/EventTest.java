package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import dev.parley.events.Topics;
import dev.parley.platform.test.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventTest extends OverTheWire {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Test
    void tellsOfARegistrationAndOfEveryChange() {
        Account account = client.register("acme");
        try (TopicReader users = new TopicReader(Topics.USERS)) {
            JsonNode registered = JSON.readTree(users.await(account.id(), 1, EventTest::isUserChanged)
                    .get(0)
                    .value());
            assertThat(registered.get("tenantId").asString()).isEqualTo("acme");
            assertThat(registered.get("username")).isEqualTo(account.user().get("username"));
            assertThat(registered.toString()).doesNotContain(account.text("email"));
            assertThat(registered.get("profileChanged").asBoolean(true)).isFalse();

            client.send(
                            HttpMethod.PATCH,
                            "/api/v1/users/me",
                            account.accessToken(),
                            Map.of("displayName", "New Name", "lastName", "Name"))
                    .expectStatus()
                    .isOk();
            client.send(HttpMethod.PATCH, "/api/v1/users/me", account.accessToken(), Map.of("phone", "+49 30 123456"))
                    .expectStatus()
                    .isOk();
            List<ConsumerRecord<String, String>> renamed = users.await(
                    account.id(),
                    2,
                    message -> isUserChanged(message) && message.value().contains("New Name"));
            JsonNode change = JSON.readTree(renamed.get(0).value());
            assertThat(change.get("userId").asString()).isEqualTo(account.id());
            assertThat(change.get("lastName").asString()).isEqualTo("Name");
            assertThat(change.get("profileChanged").asBoolean()).isTrue();
            assertThat(JSON.readTree(renamed.get(1).value())
                            .get("profileChanged")
                            .asBoolean(true))
                    .as("of a phone number")
                    .isFalse();
        }
    }

    @Test
    void tellsOfEverySessionThatEnds() {
        Account account = client.register("acme");
        String next = client.refreshed(account.refreshToken());
        client.refresh(next).expectStatus().isOk();
        client.refresh(account.refreshToken()).expectStatus().isUnauthorized();
        Account other = client.register("acme");
        client.send(HttpMethod.POST, "/api/v1/auth/logout-all", other.accessToken(), Map.of())
                .expectStatus()
                .isNoContent();
        try (TopicReader signals = new TopicReader(Topics.SESSIONS)) {
            for (Account ended : List.of(account, other)) {
                JsonNode told = JSON.readTree(signals.await(ended.id(), 1, EventTest::isSessionEnded)
                        .get(0)
                        .value());
                assertThat(ended.refreshToken())
                        .startsWith(told.get("sessionId").asString());
            }
        }
    }

    private static boolean isSessionEnded(ConsumerRecord<?, ?> message) {
        return TopicReader.type(message).equals("session.ended");
    }

    @Test
    void takesPublishedEventsOffTheUser() {
        Account account = client.register("acme");
        Document stored = Mono.defer(() -> mongo.findById(account.id(), Document.class, "users"))
                .filter(user -> !user.containsKey("outbox") && !user.containsKey("outboxSince"))
                .repeatWhenEmpty(attempts -> attempts.delayElements(Duration.ofMillis(50)))
                .block(Duration.ofSeconds(20));
        assertThat(stored).containsKeys("emailKey", "searchWords");
    }

    private static boolean isUserChanged(ConsumerRecord<?, ?> message) {
        return TopicReader.type(message).equals("user.changed");
    }
}
