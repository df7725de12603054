package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.Topics;
import dev.parley.events.UserSummary;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.EmbeddedParts;
import dev.parley.platform.test.EveryQueryHasAnIndex;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

@ExtendWith(EveryQueryHasAnIndex.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=conversation-service")
class ConversationServiceTest {

    private static final String BASE = "/api/v1/conversations";

    @LocalServerPort
    private int port;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    @Autowired
    private MembershipStore memberships;

    private final String alice = "alice-" + Ids.next();
    private final String bob = "bob-" + Ids.next();
    private final String carol = "carol-" + Ids.next();
    private final String eve = "eve-" + Ids.next();

    @DynamicPropertySource
    static void parts(DynamicPropertyRegistry properties) {
        EmbeddedParts.register(properties);
        properties.add("parley.services.auth", TestUsers::url);
        properties.add("parley.conversation.max-participants", () -> 50);
        properties.add("parley.conversation.max-roster", () -> 10);
    }

    @BeforeEach
    void threeUsersOfOneTenantAndOneOfAnother() {
        TestUsers.register("acme", alice, bob, carol);
        TestUsers.register("evil", eve);
    }

    @Test
    void createsAGroupWithItsCreatorAsAdmin() {
        Answer created = as(alice)
                .post(
                        BASE + "/group",
                        Map.of("name", "Team", "description", "We", "participantIds", List.of(bob, carol)));

        assertThat(created.status()).isEqualTo(201);
        JsonNode group = created.body();
        assertThat(group.path("conversationType").asString()).isEqualTo("group");
        assertThat(group.path("name").asString()).isEqualTo("Team");
        assertThat(group.path("participantCount").asInt()).isEqualTo(3);
        assertThat(roles(group))
                .containsOnly(Map.entry(alice, "admin"), Map.entry(bob, "member"), Map.entry(carol, "member"));
        assertThat(as(bob).get(BASE + "/" + id(group)).body())
                .isEqualTo(group.deepCopy().asObject().put("role", "member"));
        JsonNode members = as(carol).get(BASE + "/" + id(group) + "/members").body();
        assertThat(members.valueStream().map(member -> member.path("id").asString()))
                .containsExactlyInAnyOrder(alice, bob, carol);
        assertThat(members.valueStream()
                        .map(member -> member.path("displayName").asString()))
                .contains("Name of " + alice);
        assertThat(members.valueStream()).allSatisfy(member -> {
            assertThat(member.path("isBot").asBoolean(true)).isFalse();
            assertThat(member.path("status").asString()).isEqualTo("away");
            assertThat(member.path("role").asString()).isIn("admin", "member");
            assertThat(member.path("joinedAt").asString()).endsWith("Z");
        });
    }

    @Test
    void findsTheSameDirectConversationFromBothSides() {
        Answer first = as(alice).post(BASE + "/direct", Map.of("userId", bob));
        Answer second = as(bob).post(BASE + "/direct", Map.of("userId", alice));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(id(second.body())).isEqualTo(id(first.body()));
        assertThat(first.body().path("conversationType").asString()).isEqualTo("direct");
        assertThat(roles(first.body())).containsOnly(Map.entry(alice, "member"), Map.entry(bob, "member"));
    }

    @Test
    void createsOneDirectConversationHoweverManyAskAtOnce() {
        List<Answer> answers = Flux.range(0, 24)
                .flatMap(
                        i -> as(i % 2 == 0 ? alice : bob)
                                .posting(BASE + "/direct", Map.of("userId", i % 2 == 0 ? bob : alice)),
                        24)
                .collectList()
                .block();

        assertThat(answers.stream().map(answer -> id(answer.body())).distinct()).hasSize(1);
        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(as(alice).get(BASE).body().path("meta").path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void keepsNotesToSelf() {
        Answer notes = as(alice).post(BASE + "/direct", Map.of("userId", alice));

        assertThat(notes.status()).isEqualTo(201);
        assertThat(notes.body().path("participantCount").asInt()).isEqualTo(1);
        assertThat(id(as(alice).post(BASE + "/direct", Map.of("userId", alice)).body()))
                .isEqualTo(id(notes.body()));
    }

    @Test
    void createsOneGroupForOneIdempotencyKey() {
        List<String> ids = Flux.range(0, 6)
                .flatMap(
                        i -> as(alice)
                                .with("Idempotency-Key", "k")
                                .posting(BASE + "/group", Map.of("name", "Once", "participantIds", List.of(bob))),
                        6)
                .map(answer -> id(answer.body()))
                .distinct()
                .collectList()
                .block();

        assertThat(ids).hasSize(1);
        String anothers = id(as(bob).with("Idempotency-Key", "k")
                .post(BASE + "/group", Map.of("name", "Mine", "participantIds", List.of()))
                .body());
        assertThat(ids).doesNotContain(anothers);
    }

    @Test
    void tellsOthersOfANewConversation() {
        String group = group("Told", bob);

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            var event = topic.await(group, 1, message -> true).get(0);
            assertThat(TopicReader.type(event)).isEqualTo("conversation.created");
            assertThat(event.value()).contains(alice, bob, "\"name\":\"Told\"");
        }
    }

    @Test
    void listsTheLastActiveFirstWithItsLastMessage() {
        String first = group("First", bob);
        String second = group("Second", bob);
        announce(first, 1, "hello");

        Until.satisfied(() -> {
            JsonNode list = as(alice).get(BASE).body().path("data");
            assertThat(list.valueStream().map(ConversationServiceTest::id)).containsExactly(first, second);
            JsonNode last = list.get(0).path("lastMessage");
            assertThat(last.path("content").path("text").asString()).isEqualTo("hello");
            assertThat(last.path("senderId").asString()).isEqualTo(bob);
            assertThat(last.path("sender").path("displayName").asString()).isEqualTo("Name of " + bob);
            assertThat(last.path("deliveryStatus").asString()).isEqualTo("sent");
        });
    }

    @Test
    void ignoresAMessageThatIsOlderThanTheLast() {
        String group = group("Order", bob);
        announce(group, 2, "newer");
        announce(group, 1, "older");
        String marker = group("Marker", bob);
        announce(marker, 1, "after both");

        Until.satisfied(() -> assertThat(lastText(marker)).isEqualTo("after both"));
        Until.satisfied(() -> assertThat(lastText(group)).isEqualTo("newer"));
    }

    @Test
    void showsTheLastMessageAsItIsAfterItsNewestEdit() {
        String group = group("Edited", bob);
        announce(group, 1, "first");
        announce(group, 2, "second");
        announceEdit(group, 2, "newest", 2);
        announceEdit(group, 2, "older", 1);
        announceEdit(group, 1, "not the last", 3);
        String marker = group("Marker", bob);
        announce(marker, 1, "after all");

        Until.satisfied(() -> assertThat(lastText(marker)).isEqualTo("after all"));
        Until.satisfied(() -> assertThat(lastText(group)).isEqualTo("newest"));
        assertThat(as(alice)
                        .get(BASE + "/" + group)
                        .body()
                        .path("lastMessage")
                        .path("isEdited")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void tellsOtherServicesWhoIsAnAdmin() {
        String path = "/internal/conversations/" + group("Admins", bob) + "/access";

        assertThat(as(alice).get(path).body().path("admin").asBoolean()).isTrue();
        assertThat(as(bob).get(path).body().path("admin").asBoolean(true)).isFalse();
    }

    @Test
    void pagesTheList() {
        IntStream.range(0, 5).forEach(i -> group("G" + i, bob));

        JsonNode page = as(alice).get(BASE + "?page=2&limit=2").body();

        assertThat(page.path("data").size()).isEqualTo(2);
        assertThat(page.path("meta").path("total").asInt()).isEqualTo(5);
        assertThat(page.path("meta").path("totalPages").asInt()).isEqualTo(3);
        assertThat(page.path("meta").path("hasMore").asBoolean()).isTrue();
        assertThat(as(alice)
                        .get(BASE + "?page=3&limit=2")
                        .body()
                        .path("meta")
                        .path("hasMore")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void letsNobodySeeWhatIsNotTheirs() {
        String group = group("Private", bob);

        for (String path : List.of("", "/members")) {
            assertThat(as(carol).get(BASE + "/" + group + path).code()).isEqualTo("conversation.not-a-member");
            assertThat(as(eve).get(BASE + "/" + group + path).code()).isEqualTo("conversation.not-found");
            assertThat(as(alice).get(BASE + "/nothing" + path).code()).isEqualTo("conversation.not-found");
        }
        assertThat(as(carol).get(BASE).body().path("data").size()).isZero();
        assertThat(as(carol).get("/internal/conversations/" + group + "/access").status())
                .isEqualTo(403);
        assertThat(as(eve).get("/internal/conversations/" + group + "/access").status())
                .isEqualTo(404);
    }

    @Test
    void refusesUsersOfAnotherTenantAndUnknownOnes() {
        Answer refused =
                as(alice).post(BASE + "/group", Map.of("name", "X", "participantIds", List.of(bob, eve, "nobody")));

        assertThat(refused.code()).isEqualTo("request.invalid");
        assertThat(refused.body().path("errors").valueStream().map(error -> error.path("field")
                        .asString()))
                .containsExactly("participantIds[1]", "participantIds[2]");
        assertThat(as(alice).post(BASE + "/direct", Map.of("userId", eve)).code())
                .isEqualTo("request.invalid");
        assertThat(as(alice).get(BASE).body().path("data").size()).isZero();
    }

    @Test
    void namesEveryOffendingField() {
        Answer refused = as(alice)
                .post(BASE + "/group", Map.of("name", " ", "description", "x".repeat(1001), "participantIds", "bob"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").valueStream().map(error -> error.path("field")
                        .asString()))
                .containsExactly("name", "description", "participantIds");
        assertThat(as(alice).post(BASE + "/direct", Map.of()).code()).isEqualTo("request.invalid");
        assertThat(as(alice).get(BASE + "?limit=1000").code()).isEqualTo("request.invalid");
    }

    @Test
    void boundsTheSizeOfAGroup() {
        String[] many =
                IntStream.range(0, 50).mapToObj(i -> "m" + i + "-" + Ids.next()).toArray(String[]::new);
        TestUsers.register("acme", many);

        assertThat(as(alice)
                        .post(BASE + "/group", Map.of("name", "Big", "participantIds", List.of(many)))
                        .code())
                .isEqualTo("conversation.too-many-participants");
        Answer fits = as(alice)
                .post(
                        BASE + "/group",
                        Map.of("name", "Big", "participantIds", List.of(many).subList(0, 49)));
        assertThat(fits.status()).isEqualTo(201);
        assertThat(fits.body().path("participants").size()).isEqualTo(10);
        assertThat(fits.body().path("participantCount").asInt()).isEqualTo(50);
        Until.satisfied(() -> assertThat(
                        memberships.ofConversation(id(fits.body())).count().block())
                .isEqualTo(50));
    }

    @Test
    void refusesWhoHasNoGoodToken() {
        assertThat(new ApiClient(port, "").get(BASE).code()).isEqualTo("auth.invalid-token");
        assertThat(new ApiClient(port, TestTokens.expiredTokenFor(alice, "acme"))
                        .get(BASE)
                        .code())
                .isEqualTo("auth.expired-token");
        assertThat(new ApiClient(port, TestTokens.forgedTokenFor(alice, "acme"))
                        .get(BASE)
                        .status())
                .isEqualTo(401);
        assertThat(as(alice).with("X-Tenant-ID", "evil").get(BASE).status()).isEqualTo(403);
    }

    private ApiClient as(String userId) {
        return new ApiClient(port, TestTokens.tokenFor(userId, userId.equals(eve) ? "evil" : "acme"));
    }

    private String group(String name, String... others) {
        return id(as(alice)
                .post(BASE + "/group", Map.of("name", name, "participantIds", List.of(others)))
                .body());
    }

    private void announce(String conversationId, long seq, String text) {
        publisher
                .publish(events.pending(new MessageCreated(message(conversationId, seq, text, null), null)))
                .block();
    }

    private void announceEdit(String conversationId, long seq, String text, long revision) {
        Instant now = Instant.now();
        MessageRevision changes = new MessageRevision(revision, now, now, null, List.of(), null);
        publisher
                .publish(events.pending(new MessageEdited(message(conversationId, seq, text, changes))))
                .block();
    }

    private MessageSnapshot message(String conversationId, long seq, String text, MessageRevision changes) {
        return new MessageSnapshot(
                Ids.next(),
                "acme",
                conversationId,
                seq,
                seq,
                seq,
                new UserSummary(bob, bob, bob, null),
                SenderKind.USER,
                null,
                List.of(Block.Text.plain(text)),
                null,
                List.of(),
                Instant.now(),
                changes);
    }

    private String lastText(String conversationId) {
        JsonNode last = as(alice).get(BASE + "/" + conversationId).body().path("lastMessage");
        return last.path("content").path("text").asString("");
    }

    private static String id(JsonNode conversation) {
        return conversation.path("id").asString();
    }

    private static Map<String, String> roles(JsonNode conversation) {
        return conversation
                .path("participants")
                .valueStream()
                .collect(java.util.stream.Collectors.toMap(
                        participant -> participant.path("userId").asString(),
                        participant -> participant.path("role").asString()));
    }
}
