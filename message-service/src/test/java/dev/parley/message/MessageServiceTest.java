package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(EveryQueryHasAnIndex.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=message-service", "parley.message.sends-at-once=300"})
class MessageServiceTest {

    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    private final String conversation = Ids.next();
    private final String alice = "alice-" + Ids.next();
    private final String bob = "bob-" + Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.services.conversation", StubConversations::url);
        properties.add("parley.message.max-queued-per-conversation", () -> 300);
    }

    @BeforeEach
    void aliceAndBobAreMembers() {
        TestUsers.register("acme", alice, bob);
        StubConversations.admit(conversation, alice, bob);
    }

    @Test
    void givesEachMessageTheNextPlace() {
        assertThat(send(Map.of("text", "one")).body().path("seq").asLong()).isEqualTo(1);
        assertThat(send(Map.of("text", "two")).body().path("seq").asLong()).isEqualTo(2);
    }

    @Test
    void takesAnIdempotencyKeyForTheNameOfAMessage() {
        ApiClient retrying = as(alice).with("Idempotency-Key", "k1");
        Answer first = retrying.post(path(""), Map.of("text", "once"));
        Answer again = retrying.post(path(""), Map.of("text", "once"));
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.body().path("id")).isEqualTo(first.body().path("id"));
        assertThat(as(alice)
                        .with("Idempotency-Key", "x".repeat(129))
                        .post(path(""), Map.of("text", "long"))
                        .code())
                .isEqualTo("request.invalid");
    }

    @Test
    void answersASendWithTheWholeMessage() {
        Answer sent = send(Map.of("text", "hello", "tempId", "t1"));

        assertThat(sent.status()).isEqualTo(201);
        JsonNode message = sent.body();
        assertThat(message.path("conversationId").asString()).isEqualTo(conversation);
        assertThat(message.path("tenantId").asString()).isEqualTo("acme");
        assertThat(message.path("senderId").asString()).isEqualTo(alice);
        assertThat(message.path("sender").path("displayName").asString()).isEqualTo("Name of " + alice);
        assertThat(message.path("content").path("type").asString()).isEqualTo("text");
        assertThat(message.path("content").path("text").asString()).isEqualTo("hello");
        assertThat(message.path("tempId").asString()).isEqualTo("t1");
        assertThat(message.path("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(message.path("sentAt")).isEqualTo(message.path("createdAt"));
        assertThat(history().get(0)).isEqualTo(message);
    }

    @Test
    void leavesNoGapWhenManySendAtOnce() {
        int count = 200;
        List<JsonNode> sent = Flux.range(0, count)
                .flatMap(i -> post(i % 2 == 0 ? alice : bob, Map.of("text", "m" + i)), 32)
                .map(Answer::body)
                .collectList()
                .block();

        assertThat(sent.stream().map(message -> message.path("seq").asLong()).sorted())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
    }

    @Test
    void givesTheFirstMessageWhenTheSenderRetriesAtTheSameTime() {
        List<Answer> answers = Flux.range(0, 20)
                .flatMap(i -> post(alice, Map.of("text", "once", "tempId", "again")), 20)
                .collectList()
                .block();

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers).extracting(Answer::body).containsOnly(answers.get(0).body());
        assertThat(history()).hasSize(1);
    }

    @Test
    void keepsTheMessagesAroundARetryInOrder() {
        send(Map.of("text", "one", "tempId", "a"));
        Flux.just("b", "a", "c")
                .flatMap(
                        tempId -> post(alice, Map.of("text", tempId.equals("a") ? "one" : tempId, "tempId", tempId)), 3)
                .blockLast();

        assertThat(history().stream().map(message -> message.path("seq").asLong()))
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    void takesTheSameTempIdOfAnotherSenderAsAnotherMessage() {
        assertThat(post(alice, Map.of("text", "a", "tempId", "t"))
                        .block()
                        .body()
                        .path("seq")
                        .asLong())
                .isEqualTo(1);
        assertThat(post(bob, Map.of("text", "b", "tempId", "t"))
                        .block()
                        .body()
                        .path("seq")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    void refusesATempIdThatNamesAMessageWithOtherContent() {
        send(Map.of("text", "one", "tempId", "t"));

        Answer refused = post(alice, Map.of("text", "other", "tempId", "t")).block();

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("request.key-reused");
        assertThat(post(alice, Map.of("text", "one", "tempId", "t")).block().status())
                .isEqualTo(201);
    }

    @Test
    void refusesATempIdThatNamesAMessageElsewhere() {
        send(Map.of("text", "here", "tempId", "t"));
        String elsewhere = Ids.next();
        StubConversations.admit(elsewhere, alice);

        Answer refused =
                post(elsewhere, alice, Map.of("text", "there", "tempId", "t")).block();

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("request.key-reused");
    }

    @Test
    void pagesThroughTheHistoryBothWays() {
        IntStream.rangeClosed(1, 7).forEach(i -> send(Map.of("text", "m" + i)));

        JsonNode newest = page("?limit=3");
        assertThat(seqs(newest)).containsExactly(7L, 6L, 5L);
        assertThat(newest.path("meta").path("hasMore").asBoolean()).isTrue();
        JsonNode older =
                page("?limit=3&cursor=" + newest.path("meta").path("nextCursor").asString());
        assertThat(seqs(older)).containsExactly(4L, 3L, 2L);
        JsonNode oldest =
                page("?limit=3&cursor=" + older.path("meta").path("nextCursor").asString());
        assertThat(seqs(oldest)).containsExactly(1L);
        assertThat(oldest.path("meta").path("nextCursor").isMissingNode()
                        || oldest.path("meta").path("nextCursor").isNull())
                .isTrue();
        JsonNode newer = page("?limit=4&direction=after&cursor="
                + oldest.path("meta").path("prevCursor").asString());
        assertThat(seqs(newer)).containsExactly(5L, 4L, 3L, 2L);
        assertThat(newer.path("meta").path("hasMore").asBoolean()).isTrue();
    }

    @Test
    void showsAMemberOnlyTheRangeOfTheMembership() {
        IntStream.rangeClosed(1, 6).forEach(i -> send(Map.of("text", "m" + i)));
        String removed = "removed-" + Ids.next();
        StubConversations.admit(conversation, removed, Membership.former(3, 4));

        assertThat(seqs(get(removed, "").body())).containsExactly(4L, 3L);
        assertThat(seqs(get(removed, "?direction=after").body())).containsExactly(4L, 3L);
        Answer refused = post(removed, Map.of("text", "still here?")).block();
        assertThat(refused.status()).isEqualTo(403);
    }

    @Test
    void answersAMessage() {
        JsonNode question = send(Map.of("text", "why?")).body();
        JsonNode answer = post(
                        bob,
                        Map.of("text", "because", "replyTo", question.path("id").asString()))
                .block()
                .body();

        assertThat(answer.path("replyTo").path("messageId")).isEqualTo(question.path("id"));
        assertThat(answer.path("replyTo").path("contentPreview").asString()).isEqualTo("why?");
        assertThat(answer.path("replyTo").path("senderName").asString()).isEqualTo("Name of " + alice);
        assertThat(send(Map.of("text", "x", "replyTo", "nothing")).code()).isEqualTo("message.reply-not-found");
    }

    @Test
    void carriesAttachmentsAsTheSenderDeclaresThem() {
        Map<String, Object> picture = Map.of(
                "id",
                "f1",
                "type",
                "image",
                "url",
                "https://files.example/f1.png",
                "filename",
                "f1.png",
                "mimeType",
                "image/png",
                "size",
                1234);

        JsonNode content = send(Map.of("attachments", List.of(picture))).body().path("content");

        assertThat(content.path("type").asString()).isEqualTo("attachment");
        JsonNode attachment = content.path("attachments").get(0);
        assertThat(attachment.path("url").asString()).isEqualTo("https://files.example/f1.png");
        assertThat(attachment.path("size").asLong()).isEqualTo(1234);
    }

    @Test
    void publishesEachMessageInOrder() {
        IntStream.rangeClosed(1, 50).forEach(i -> send(Map.of("text", "m" + i)));

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            var events = topic.await(conversation, 50, message -> true);
            assertThat(events).allMatch(event -> TopicReader.type(event).equals("message.created"));
            assertThat(events.stream()
                            .map(event -> JSON.readTree(event.value())
                                    .path("message")
                                    .path("seq")
                                    .asLong())
                            .distinct())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 50).boxed().toList());
        }
    }

    @Test
    void refusesWhoIsNotAMember() {
        String stranger = "stranger-" + Ids.next();

        assertThat(post(stranger, Map.of("text", "hi")).block().code()).isEqualTo("conversation.not-a-member");
        assertThat(get(stranger, "").status()).isEqualTo(403);
        assertThat(history()).isEmpty();
    }

    @Test
    void refusesWhoHasNoGoodToken() {
        assertThat(client("").get(path("")).code()).isEqualTo("auth.invalid-token");
        assertThat(client(TestTokens.expiredTokenFor(alice, "acme"))
                        .get(path(""))
                        .code())
                .isEqualTo("auth.expired-token");
        assertThat(client(TestTokens.forgedTokenFor(alice, "acme"))
                        .get(path(""))
                        .status())
                .isEqualTo(401);
        assertThat(as(alice).with("X-Tenant-ID", "other").get(path("")).status())
                .isEqualTo(403);
    }

    @Test
    void namesEveryOffendingField() {
        Answer refused = send(Map.of(
                "text",
                7,
                "tempId",
                "x".repeat(200),
                "attachments",
                List.of(Map.of("type", "virus", "url", "javascript:alert(1)"))));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("request.invalid");
        List<String> fields = new ArrayList<>();
        refused.body()
                .path("errors")
                .forEach(error -> fields.add(error.path("field").asString()));
        assertThat(fields)
                .contains("text", "tempId", "attachments[0].type", "attachments[0].url", "attachments[0].size");
        assertThat(history()).isEmpty();
    }

    @Test
    void refusesWhatIsEmptyTooLongOrNoJson() {
        assertThat(send(Map.of("text", "   ")).code()).isEqualTo("message.empty");
        assertThat(send(Map.of("text", "x".repeat(10_001))).code()).isEqualTo("request.invalid");
        assertThat(as(alice).postText(path(""), "{").code()).isEqualTo("request.malformed");
        assertThat(get(alice, "?limit=0").code()).isEqualTo("request.invalid");
        assertThat(get(alice, "?cursor=nonsense")
                        .body()
                        .path("errors")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo("cursor");
        assertThat(history()).isEmpty();
    }

    private Answer send(Map<String, ?> body) {
        return post(alice, body).block();
    }

    private Mono<Answer> post(String user, Map<String, ?> body) {
        return post(conversation, user, body);
    }

    private Mono<Answer> post(String conversationId, String user, Map<String, ?> body) {
        return as(user).posting("/api/v1/conversations/" + conversationId + "/messages", body);
    }

    private Answer get(String user, String query) {
        return as(user).get(path(query));
    }

    private JsonNode page(String query) {
        return get(alice, query).body();
    }

    private List<JsonNode> history() {
        return page("").path("data").valueStream().toList();
    }

    private static List<Long> seqs(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(message -> message.path("seq").asLong())
                .toList();
    }

    private String path(String query) {
        return "/api/v1/conversations/" + conversation + "/messages" + query;
    }

    private ApiClient as(String user) {
        return client(TestTokens.tokenFor(user, "acme"));
    }

    private ApiClient client(String token) {
        return new ApiClient(port, token);
    }
}
