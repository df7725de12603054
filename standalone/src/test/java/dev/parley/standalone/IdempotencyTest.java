package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.standalone.api.ApiContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** A request that is sent again with the same key gives what there is; one for something else is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyTest {

    /** Few: each registration hashes a password, and those that wait too long are refused. */
    private static final int AT_ONCE = 3;

    private final String baseUrl = RunningPlatform.baseUrl();
    private final ChatUser alice = ChatUser.register(baseUrl, "Alice");
    private final ChatUser bob = ChatUser.register(baseUrl, "Bob");
    private final String group = alice.groupWith(bob);
    private final String other = alice.groupWith(bob);
    private final String first = alice.send(group, "first").path("id").asString();
    private ChatSocket socket;

    @BeforeAll
    void connect() {
        socket = alice.connect();
    }

    @AfterAll
    void disconnect() {
        socket.close();
    }

    /** One way to create something. */
    private interface Creation {

        /** @return the answer, or the acknowledgement as if it was one */
        Answer send(String key, Map<String, Object> content);
    }

    /**
     * What is created in one way.
     *
     * @param others contents that differ from the first in one thing each
     * @param id where the answer has the id
     */
    private record Kind(
            String name, Creation creation, Map<String, Object> content, List<Map<String, Object>> others, String id) {

        @Override
        public String toString() {
            return name;
        }
    }

    private Stream<Kind> kinds() {
        String unique = Ids.next().substring(24);
        Map<String, Object> registration = Map.of(
                "email",
                unique + "@example.org",
                "username",
                "key-" + unique,
                "password",
                ChatUser.PASSWORD,
                "displayName",
                "Kay");
        Map<String, Object> file = Map.of(
                "id",
                "f",
                "type",
                "image",
                "url",
                "https://files.example/f",
                "filename",
                "f.png",
                "mimeType",
                "image/png",
                "size",
                3);
        Map<String, Object> message =
                Map.of("conversationId", group, "text", "once", "replyTo", first, "attachments", List.of(file));
        List<Map<String, Object>> messages = List.of(
                with(message, "text", "twice"),
                with(message, "text", "Once"),
                with(message, "replyTo", null),
                with(message, "attachments", null),
                with(message, "attachments", List.of(with(file, "size", 4))),
                with(message, "attachments", List.of(file, file)),
                with(message, "encryptedContent", Map.of("k", 1)),
                with(with(message, "conversationId", other), "replyTo", null));
        Map<String, Object> newGroup =
                Map.of("name", "Once", "description", "About", "participantIds", List.of(bob.id()));
        return Stream.of(
                new Kind(
                        "registration",
                        (key, content) -> keyed("none", key).post("/api/v1/auth/register", content),
                        registration,
                        List.of(
                                with(registration, "email", "other-" + unique + "@example.org"),
                                with(registration, "username", "other-" + unique),
                                with(registration, "password", "another horse battery"),
                                with(registration, "displayName", "Bea"),
                                with(registration, "firstName", "Kay")),
                        "/user/id"),
                new Kind(
                        "group",
                        (key, content) -> keyed(alice.accessToken(), key).post("/api/v1/conversations/group", content),
                        newGroup,
                        List.of(
                                with(newGroup, "name", "Twice"),
                                with(newGroup, "description", null),
                                with(newGroup, "participantIds", List.of())),
                        "/id"),
                new Kind(
                        "message with Idempotency-Key",
                        (key, content) -> keyed(alice.accessToken(), key).post(messagesIn(content), content),
                        message,
                        messages,
                        "/id"),
                new Kind(
                        "message with tempId",
                        (key, content) -> alice.api().post(messagesIn(content), with(content, "tempId", key)),
                        message,
                        messages,
                        "/id"),
                new Kind(
                        "message by socket",
                        (key, content) -> acknowledged(socket.ask("send_message", with(content, "tempId", key))),
                        message,
                        messages,
                        "/messageId"));
    }

    private ApiClient keyed(String token, String key) {
        return ApiContract.client(baseUrl, token).with("Idempotency-Key", key);
    }

    private static String messagesIn(Map<String, Object> content) {
        return "/api/v1/conversations/" + content.get("conversationId") + "/messages";
    }

    private static Answer acknowledged(JsonNode ack) {
        boolean success = ack.path("success").asBoolean();
        return new Answer(success ? 201 : 409, ack);
    }

    /** @param value null to leave the field out */
    private static Map<String, Object> with(Map<String, Object> content, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(content);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return changed;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSameKeyGivesTheFirstResultAndOtherContentIsRefused(Kind kind) {
        String key = "key-" + Ids.next();
        Answer created = kind.creation().send(key, kind.content());
        assertThat(created.status()).as("%s", created.body()).isEqualTo(201);

        for (Map<String, Object> content : kind.others()) {
            Answer refused = kind.creation().send(key, content);
            assertThat(refused.status()).as("%s: %s", content, refused.body()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("request.key-reused");
        }
        Answer again = kind.creation().send(key, kind.content());
        assertThat(again.status()).as("%s", again.body()).isIn(200, 201);
        assertThat(again.body().at(kind.id())).isEqualTo(created.body().at(kind.id()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void manyAtOnceCreateOne(Kind kind) {
        String key = "key-" + Ids.next();
        List<Answer> answers = Flux.range(0, AT_ONCE)
                .flatMap(
                        i -> Mono.fromCallable(() -> kind.creation().send(key, kind.content()))
                                .subscribeOn(Schedulers.boundedElastic()),
                        AT_ONCE)
                .collectList()
                .block();

        assertThat(answers).extracting(Answer::status).allMatch(status -> status == 200 || status == 201);
        assertThat(answers.stream().map(answer -> answer.body().at(kind.id())).distinct())
                .hasSize(1);
    }

    @Test
    void aMessageIsRecognisedWhicheverWayItIsSentAgainAndAlsoAfterAnEdit() {
        String key = "key-" + Ids.next();
        Map<String, Object> content = Map.of("conversationId", group, "text", "whichever way");
        String id = kinds().skip(4)
                .findFirst()
                .orElseThrow()
                .creation()
                .send(key, content)
                .body()
                .path("messageId")
                .asString();
        alice.call("PATCH", "/api/v1/messages/" + id, Map.of("text", "edited"));

        List<String> again = new ArrayList<>();
        kinds().filter(kind -> kind.name().startsWith("message"))
                .forEach(kind -> again.add(
                        kind.creation().send(key, content).body().at(kind.id()).asString()));
        assertThat(again).containsExactly(id, id, id);
    }

    @Test
    void theKeyOfARegistrationIsItsTenants() {
        String key = "key-" + Ids.next();
        List<String> users = IntStream.range(0, 2)
                .mapToObj(i -> {
                    String unique = Ids.next().substring(24);
                    Answer registered = keyed("none", key)
                            .post(
                                    "/api/v1/auth/register",
                                    Map.of(
                                            "email",
                                            unique + "@example.org",
                                            "username",
                                            unique,
                                            "password",
                                            ChatUser.PASSWORD,
                                            "tenantId",
                                            "keys-" + i));
                    assertThat(registered.status()).isEqualTo(201);
                    return registered.body().at("/user/id").asString();
                })
                .toList();

        assertThat(users).doesNotHaveDuplicates();
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        for (Kind kind : kinds().limit(4).toList()) {
            Answer refused = kind.creation().send("x".repeat(129), kind.content());
            assertThat(refused.status()).as("%s", kind).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("request.invalid");
        }
    }
}
