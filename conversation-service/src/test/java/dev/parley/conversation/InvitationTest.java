package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** Who may be added by whom. The settings of the tenants stand in {@link ConversationServiceTestCase}. */
class InvitationTest extends ConversationServiceTestCase {

    private static final int MAX_OPEN_FROM_ONE = 10;

    private final String dave = "dave-" + Ids.next();
    private String tenant = "asking";

    @BeforeEach
    void peopleOfATenantThatAsksFirst() {
        in("asking");
    }

    private void in(String otherTenant) {
        tenant = otherTenant;
        TestUsers.register(tenant, alice, bob, carol, dave);
    }

    @Override
    ApiClient as(String userId) {
        return new ApiClient(address(), TestTokens.tokenFor(userId, tenant));
    }

    @Test
    void whoIsAskedSeesWhoAsksForWhatAndNothingElse() {
        TestMessageLog group = create("Plans", bob, carol);
        said(group, alice, "not for bob yet");
        add(alice, group, dave);

        JsonNode asked = as(bob).get(BASE + "/invitations").body();
        assertThat(asked.size()).isEqualTo(1);
        assertThat(asked.path(0).path("conversationId").asString()).isEqualTo(group.conversationId);
        assertThat(asked.path(0).path("name").asString()).isEqualTo("Plans");
        assertThat(asked.path(0).path("invitedBy").path("id").asString()).isEqualTo(alice);
        assertThat(asked.toString()).doesNotContain("not for bob", carol, dave);
        assertThat(as(bob).get(BASE).body().path("data").isEmpty()).isTrue();
        for (String path : List.of("", "/members", "/unread", "/last-read", "/invitations")) {
            assertThat(as(bob).get(BASE + "/" + group.conversationId + path).code())
                    .as(path)
                    .isEqualTo("conversation.not-a-member");
        }
        for (String change : List.of("/read", "/mute", "/pin", "/leave", "/participants")) {
            assertThat(as(bob).post(BASE + "/" + group.conversationId + change, Map.of("userIds", List.of(dave)))
                            .status())
                    .as(change)
                    .isEqualTo(403);
        }
        assertThat(as(bob).get("/internal/conversations/" + group.conversationId + "/access")
                        .status())
                .isEqualTo(403);
        for (String path : List.of("/internal/access", "/internal/memberships")) {
            assertThat(as(bob).get(path).body().path("conversations").isEmpty()).isTrue();
        }
    }

    @Test
    void whoIsAskedCountsInNothing() {
        TestMessageLog group = create("Counts", bob, carol);
        accept(carol, group);
        said(group, alice, "for carol alone");
        read(carol, group, Map.of());

        JsonNode seen = conversation(alice, group);
        assertThat(userIds(seen.path("participants"))).containsExactly(alice, carol);
        assertThat(seen.path("participantCount").asInt()).isEqualTo(2);
        assertThat(seen.path("lastMessage").path("deliveryStatus").asString()).isEqualTo("read");
        assertThat(as(alice)
                        .get(BASE + "/" + group.conversationId + "/members")
                        .body()
                        .size())
                .isEqualTo(2);
        assertThat(texts(asService()
                        .post(
                                "/internal/platform/conversations/" + group.conversationId + "/members/among",
                                Map.of("userIds", List.of(alice, bob, carol)))
                        .body()
                        .path("userIds")))
                .containsExactlyInAnyOrder(alice, carol);
        assertThat(asService()
                        .post(
                                "/internal/platform/chat-core/conversations/" + group.conversationId + "/views",
                                Map.of("userIds", List.of(alice, bob, carol)))
                        .body()
                        .path("members")
                        .size())
                .isEqualTo(2);
        assertThat(asService()
                        .get("/internal/platform/conversations/" + group.conversationId + "/pointers")
                        .body()
                        .path("participantCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(asService()
                        .get("/internal/platform/contacts?userId=" + alice + "&otherId=" + bob)
                        .body()
                        .path("contacts")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void whoAcceptsBecomesAMemberFromThenOn() {
        TestMessageLog group = create("Plans", bob);
        said(group, alice, "before");

        Answer accepted = accept(bob, group);

        assertThat(accepted.status()).isEqualTo(200);
        assertThat(userIds(accepted.body().path("participants"))).containsExactly(alice, bob);
        assertThat(accepted.body().path("isActive").asBoolean()).isTrue();
        JsonNode access = as(bob).get("/internal/conversations/" + group.conversationId + "/access")
                .body();
        assertThat(access.path("windows").path(0).path("fromSeq").asLong()).isEqualTo(2);
        assertThat(access.path("maySend").asBoolean()).isTrue();
        assertThat(group.at(2).notice().orElseThrow().plainText())
                .isEqualTo("Name of " + alice + " added Name of " + bob);
        assertThat(as(bob).get(BASE + "/invitations").body().isEmpty()).isTrue();
        assertThat(accept(bob, group).code()).isEqualTo("conversation.no-such-invitation");
    }

    @Test
    void theOneWhoAsksSeesWhoHasNotAnswered() {
        TestMessageLog group = create("Plans", bob);

        Answer added = as(alice)
                .post(
                        BASE + "/" + group.conversationId + "/participants",
                        Map.of("userIds", List.of(bob, carol), "role", "admin"));

        assertThat(added.status()).isEqualTo(200);
        assertThat(userIds(added.body().path("participants"))).containsExactly(alice);
        JsonNode open = sent(alice, group);
        assertThat(open.valueStream()
                        .map(one -> one.path("user").path("id").asString() + " as "
                                + one.path("role").asString()))
                .containsExactlyInAnyOrder(bob + " as member", carol + " as admin");
        accept(carol, group);
        assertThat(sent(carol, group).size()).isEqualTo(1);
        assertThat(conversation(alice, group)
                        .path("participants")
                        .path(1)
                        .path("role")
                        .asString())
                .isEqualTo("admin");
    }

    @Test
    void whoDeclinesIsNotAskedAgainAndMayThinkBetterOfIt() {
        TestMessageLog group = create("Plans", bob);

        assertThat(decline(bob, group)).isEqualTo(204);

        assertThat(as(bob).get(BASE + "/invitations").body().isEmpty()).isTrue();
        assertThat(sent(alice, group).isEmpty()).isTrue();
        Answer again = add(alice, group, carol, bob);
        assertThat(again.code()).isEqualTo("conversation.invitation-declined");
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.body().path("errors").path(0).path("field").asString()).isEqualTo("userIds[1]");
        assertThat(as(carol).get(BASE + "/invitations").body().isEmpty()).isTrue();
        assertThat(decline(bob, group)).isEqualTo(204);
        assertThat(accept(bob, group).status()).isEqualTo(200);
    }

    @Test
    void nobodyAnswersForAnother() {
        TestMessageLog group = create("Plans", bob);

        assertThat(accept(carol, group).code()).isEqualTo("conversation.no-such-invitation");
        assertThat(decline(carol, group)).isEqualTo(404);
        tenant = "acme";
        assertThat(accept(bob, group).code()).isEqualTo("conversation.no-such-invitation");
        tenant = "asking";
        assertThat(accept(bob, group).status()).isEqualTo(200);
    }

    @Test
    void anInvitationEndsWithTheRightOfWhoSentIt() {
        TestMessageLog group = create("Plans", bob);
        accept(bob, group);
        add(bob, group, carol, dave);
        change("DELETE", alice, group, "/participants/" + bob);

        assertThat(accept(carol, group).code()).isEqualTo("conversation.no-such-invitation");

        assertThat(as(carol).get(BASE + "/" + group.conversationId).status()).isEqualTo(403);
        assertThat(as(carol).get(BASE + "/invitations").body().isEmpty()).isTrue();
        add(alice, group, carol);
        assertThat(accept(carol, group).status()).isEqualTo(200);
        change("DELETE", alice, group, "");
        assertThat(as(dave).get(BASE + "/invitations").body().isEmpty()).isTrue();
        assertThat(accept(dave, group).status()).isEqualTo(404);
    }

    @Test
    void whoSentAnInvitationOrIsAnAdminTakesItBack() {
        TestMessageLog group = create("Plans", bob, carol);
        accept(bob, group);
        accept(carol, group);
        add(bob, group, dave);

        assertThat(withdraw(carol, group, dave)).isEqualTo(403);
        assertThat(withdraw(bob, group, dave)).isEqualTo(204);
        assertThat(withdraw(bob, group, dave)).isEqualTo(404);
        assertThat(accept(dave, group).status()).isEqualTo(404);
        add(bob, group, dave);
        assertThat(withdraw(alice, group, dave)).isEqualTo(204);
        assertThat(as(dave).get(BASE + "/invitations").body().isEmpty()).isTrue();
    }

    @Test
    void aFormerMemberWhoIsAskedAgainStaysAFormerOneUntilThen() {
        TestMessageLog group = create("Plans", bob);
        accept(bob, group);
        change("POST", bob, group, "/leave");
        add(alice, group, bob);

        assertThat(conversation(bob, group).path("isActive").asBoolean(true)).isFalse();
        assertThat(accept(bob, group).body().path("isActive").asBoolean()).isTrue();
    }

    @Test
    void onePersonIsAskedForSoMuchAtATimeHoweverManyRequestsComeTogether() {
        List<Answer> answers = Flux.range(0, 3 * MAX_OPEN_FROM_ONE)
                .flatMap(
                        i -> as(alice)
                                .posting(
                                        BASE + "/group",
                                        Map.of("name", "Group " + i, "participantIds", List.of(carol, bob))),
                        8)
                .collectList()
                .block();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
        Answer refused = answers.stream()
                .filter(answer -> answer.status() == 409)
                .findFirst()
                .orElseThrow();
        assertThat(refused.code()).isEqualTo("conversation.too-many-invitations");
        assertThat(refused.body().path("errors").valueStream().map(error -> error.path("field")
                        .asString()))
                .contains("participantIds[1]");
        int open = as(bob).get(BASE + "/invitations").body().size();
        assertThat(open).isBetween(1, MAX_OPEN_FROM_ONE);
        assertThat(answers.stream().filter(answer -> answer.status() == 201).count())
                .isEqualTo(open);
        assertThat(createdBy(dave, bob).status()).isEqualTo(201);
        assertThat(createdBy(alice, dave).status()).isEqualTo(201);
    }

    @Test
    void onePersonIsAskedForSoMuchByAllTogether() {
        String[] inviters =
                IntStream.range(0, 5).mapToObj(i -> "i" + i + "-" + Ids.next()).toArray(String[]::new);
        TestUsers.register(tenant, inviters);
        int refused = 0;
        for (String inviter : inviters) {
            for (int i = 0; i < 5; i++) {
                refused += createdBy(inviter, bob).status() == 409 ? 1 : 0;
            }
        }

        assertThat(as(bob).get(BASE + "/invitations").body().size()).isEqualTo(20);
        assertThat(refused).isEqualTo(5);
    }

    @Test
    void whatBecomesOfAnInvitationIsPublished() {
        TestMessageLog group = create("Plans", bob, carol, dave);

        decline(bob, group);
        decline(bob, group);
        accept(bob, group);
        withdraw(alice, group, carol);
        as(alice).call("DELETE", BASE + "/" + group.conversationId, Map.of());

        assertThat(published(bob, 3)).containsExactly("OPEN", "DECLINED", "ACCEPTED");
        assertThat(published(carol, 2)).containsExactly("OPEN", "WITHDRAWN");
        assertThat(published(dave, 2)).containsExactly("OPEN", "WITHDRAWN");
    }

    /** The states of the invitations of a user, each with the conversation and who asks. */
    private List<String> published(String userId, int count) {
        try (TopicReader topic = new TopicReader(Topics.INVITATIONS)) {
            return topic.await(userId, count, record -> true).stream()
                    .map(record -> JSON.readTree(record.value()))
                    .peek(invitation ->
                            assertThat(invitation.path("invitedBy").asString()).isEqualTo(alice))
                    .map(invitation -> invitation.path("state").asString())
                    .toList();
        }
    }

    @Test
    void onlyContactsAreAddedWhereTheTenantHasItSo() {
        in("guarded");
        TestMessageLog direct = TestMessageService.messageLog(
                as(alice)
                        .post(BASE + "/direct", Map.of("userId", bob))
                        .body()
                        .path("id")
                        .asString(),
                tenant);
        said(direct, alice, "may I add you?");
        Answer stranger =
                as(alice).post(BASE + "/group", Map.of("name", "Guarded", "participantIds", List.of(bob, carol)));
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.code()).isEqualTo("conversation.not-a-contact");
        assertThat(stranger.body().path("errors").valueStream().map(error -> error.path("field")
                        .asString()))
                .containsExactly("participantIds[0]", "participantIds[1]");
        TestMessageLog group = create("Guarded");
        assertThat(add(alice, group, bob).code()).isEqualTo("conversation.not-a-contact");

        said(direct, bob, "yes");

        Until.satisfied(() -> assertThat(add(alice, group, bob).status()).isEqualTo(200));
        assertThat(userIds(conversation(bob, group).path("participants"))).containsExactly(alice, bob);
        assertThat(createdBy(bob, alice).status()).isEqualTo(201);
        assertThat(add(bob, group, carol).code()).isEqualTo("conversation.not-a-contact");
        assertThat(conversation(alice, group).path("participantCount").asInt()).isEqualTo(2);
    }

    @Test
    void everybodyIsAddedAtOnceByDefault() {
        in("acme");

        TestMessageLog group = create("Open", bob);
        add(alice, group, carol);

        assertThat(userIds(conversation(carol, group).path("participants"))).containsExactly(alice, bob, carol);
        assertThat(as(bob).get(BASE + "/invitations").body().isEmpty()).isTrue();
    }

    private TestMessageLog create(String name, String... others) {
        JsonNode created = as(alice)
                .post(BASE + "/group", Map.of("name", name, "participantIds", List.of(others)))
                .body();
        return TestMessageService.messageLog(created.path("id").asString(), tenant);
    }

    private Answer createdBy(String userId, String other) {
        return as(userId).post(BASE + "/group", Map.of("name", "Group", "participantIds", List.of(other)));
    }

    private Answer add(String by, TestMessageLog group, String... userIds) {
        return as(by).post(BASE + "/" + group.conversationId + "/participants", Map.of("userIds", List.of(userIds)));
    }

    private Answer accept(String userId, TestMessageLog group) {
        return as(userId).post(BASE + "/" + group.conversationId + "/invitation/accept", Map.of());
    }

    private int decline(String userId, TestMessageLog group) {
        return as(userId)
                .post(BASE + "/" + group.conversationId + "/invitation/decline", Map.of())
                .status();
    }

    private int withdraw(String by, TestMessageLog group, String userId) {
        return as(by).call("DELETE", BASE + "/" + group.conversationId + "/invitations/" + userId, Map.of())
                .status();
    }

    private JsonNode sent(String userId, TestMessageLog group) {
        return as(userId)
                .get(BASE + "/" + group.conversationId + "/invitations")
                .body();
    }

    private static Stream<String> userIds(JsonNode participants) {
        return participants
                .valueStream()
                .map(participant -> participant.path("userId").asString());
    }
}
