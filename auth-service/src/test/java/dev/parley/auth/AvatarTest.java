package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import dev.parley.events.Topics;
import dev.parley.platform.test.TopicReader;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** media-service makes a file the picture of a user. */
@TestPropertySource(properties = "parley.service-secret=open: sesame")
class AvatarTest extends OverTheWire {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ME = "/api/v1/users/me";

    @Test
    void isShownUnderASignedAddressThatStaysTheSameForAWhile() {
        Account account = client.register("acme");
        assertThat(account.user().has("avatarUrl")).isFalse();
        change(account, "f-first");

        JsonNode own = Client.json(client.get(ME, account.accessToken()));

        assertThat(own.path("avatarUrl").asString())
                .contains("/api/v1/storage/content/f-first?")
                .contains("signature=");
        Account colleague = client.register("acme");
        assertThat(Client.json(client.get("/api/v1/users/" + account.id(), colleague.accessToken()))
                        .get("avatarUrl"))
                .isEqualTo(own.get("avatarUrl"));
        assertThat(client.login(account).user().get("avatarUrl")).isEqualTo(own.get("avatarUrl"));
    }

    @Test
    void isGivenToServicesAsTheFileThatItIs() {
        Account account = client.register("acme");
        change(account, "f-first");

        JsonNode user = Client.json(asService(
                        HttpMethod.POST,
                        "/internal/platform/users/lookup",
                        Map.of("tenantId", "acme", "ids", List.of(account.id()))))
                .get(0);

        assertThat(user.path("avatarFileId").asString()).isEqualTo("f-first");
        assertThat(user.has("avatarUrl")).isFalse();
    }

    @Test
    void namesTheFileThatItReplaces() {
        Account account = client.register("acme");

        assertThat(change(account, "f-first").has("replacedFileId")).isFalse();
        assertThat(change(account, "f-first").has("replacedFileId")).isFalse();
        assertThat(change(account, "f-second").path("replacedFileId").asString())
                .isEqualTo("f-first");
    }

    @Test
    void isToldOnceHoweverOftenItIsTheSame() {
        Account account = client.register("acme");
        change(account, "f-first");
        change(account, "f-first");
        client.send(HttpMethod.PATCH, ME, account.accessToken(), Map.of("displayName", "Afterwards"))
                .expectStatus()
                .isOk();

        try (TopicReader users = new TopicReader(Topics.USERS)) {
            users.await(account.id(), 1, message -> message.value().contains("Afterwards"));
            List<JsonNode> told = users.await(account.id(), 2, AvatarTest::isOfAPicture).stream()
                    .map(message -> JSON.readTree(message.value()))
                    .toList();
            assertThat(told)
                    .extracting(event -> event.path("displayName").asString())
                    .containsExactly(account.text("displayName"), "Afterwards");
            assertThat(told.get(0).path("profileChanged").asBoolean()).isTrue();
        }
    }

    @Test
    void isOfNobodyWhomTheTenantDoesNotHave() {
        Account stranger = client.register("umbrella");

        Client.problem(put(stranger.id(), Map.of("tenantId", "acme", "fileId", "f-1")), 404, "user.not-found");
        Client.problem(put(stranger.id(), Map.of("fileId", 1)), 400, "request.invalid");
    }

    private static boolean isOfAPicture(ConsumerRecord<?, String> message) {
        return message.value().contains("f-first");
    }

    private JsonNode change(Account account, String fileId) {
        ResponseSpec answer = put(account.id(), Map.of("tenantId", "acme", "fileId", fileId));
        answer.expectStatus().isOk();
        return Client.json(answer);
    }

    private ResponseSpec put(String userId, Map<String, Object> body) {
        return asService(HttpMethod.PUT, "/internal/platform/users/" + userId + "/avatar", body);
    }

    private ResponseSpec asService(HttpMethod method, String path, Map<String, Object> body) {
        return client.http
                .method(method)
                .uri(path)
                .headers(headers -> headers.setBasicAuth("media", "open: sesame"))
                .bodyValue(body)
                .exchange();
    }
}
