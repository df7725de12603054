package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.Event;
import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Who may read and write what, as conversation-service says. */
class AccessTest extends MessageApiTest {

    @Autowired
    private EventCodec events;

    @Autowired
    private EventPublisher publisher;

    @Test
    void showsEachRangeOfAMembershipAndNothingBetween() {
        StubConversations.admit(
                conversation, carol, Membership.former(2, 4, 7, 7, 9, 10).back(13));
        List<String> sent = LongStream.rangeClosed(1, 15)
                .mapToObj(i -> send(alice, "m" + i))
                .toList();

        assertThat(seqs(history(carol))).containsExactly(15L, 14L, 13L, 10L, 9L, 7L, 4L, 3L, 2L);
        assertThat(call(carol, "GET", sent.get(4)).code()).isEqualTo(NOT_FOUND);
        assertThat(get(carol, sent.get(6)).path("seq").asLong()).isEqualTo(7);
    }

    @Test
    void pagesAcrossTheRangesBothWaysWithoutGapsAndRepetitions() {
        StubConversations.admit(
                conversation, carol, Membership.former(2, 4, 7, 7, 9, 10).back(13));
        LongStream.rangeClosed(1, 15).forEach(i -> send(alice, "m" + i));
        List<Long> visible = List.of(15L, 14L, 13L, 10L, 9L, 7L, 4L, 3L, 2L);

        for (int limit = 1; limit <= visible.size() + 1; limit++) {
            assertThat(pages("before", "nextCursor", limit)).containsExactlyElementsOf(visible);
            assertThat(pages("after", "prevCursor", limit)).containsExactlyInAnyOrderElementsOf(visible);
        }
    }

    @Test
    void takesRangesThatOverlapAsOne() {
        StubConversations.admit(conversation, carol, Membership.former(5, 6).back(3));
        LongStream.rangeClosed(1, 8).forEach(i -> send(alice, "m" + i));

        assertThat(pages("before", "nextCursor", 2)).containsExactly(8L, 7L, 6L, 5L, 4L, 3L);
    }

    @Test
    void showsNothingToWhoClearedTheHistory() {
        StubConversations.admit(conversation, bob, Membership.former().back(3));
        send(alice, "1");
        String cleared = send(alice, "2");

        assertThat(history(bob)).isEmpty();
        assertThat(call(bob, "GET", cleared).code()).isEqualTo(NOT_FOUND);
        send(alice, "3");
        assertThat(seqs(history(bob))).containsExactly(3L);
    }

    @Test
    void letsFormerMembersReadAndDoNothingElse() {
        String message = send(carolIsBack(), "mine");
        StubConversations.admit(conversation, carol, Membership.former(1, 1));
        notice(carol, "left", "MEMBER_LEFT", carol);

        assertThat(seqs(history(carol))).containsExactly(1L);
        List<Answer> refused = List.of(
                post(carol, "after"),
                call(carol, "PATCH", message, Map.of("text", "x")),
                call(carol, "DELETE", message),
                call(carol, "POST", message + "/reactions", Map.of("emoji", "👍")),
                call(carol, "POST", message + "/pin"));
        assertThat(refused).extracting(Answer::status).containsOnly(403);
        assertThat(refused).extracting(Answer::code).containsOnly(NOT_A_MEMBER);
    }

    @Test
    void letsWhoIsPermittedOnlyToReadChangeNothing() {
        String message = send(bob, "mine");
        StubConversations.admit(conversation, bob, Membership.FULL.permittedToRead());

        List<Answer> refused = List.of(
                call(bob, "PATCH", message, Map.of("text", "x")),
                call(bob, "DELETE", message),
                call(bob, "POST", message + "/reactions", Map.of("emoji", "👍")),
                call(bob, "POST", message + "/pin"));

        assertThat(refused).extracting(Answer::status).containsOnly(403);
        assertThat(refused).extracting(Answer::code).containsOnly("auth.forbidden");
        assertThat(history(bob).get(0).path("content").path("text").asString()).isEqualTo("mine");
    }

    @Test
    void letsOnlyThoseWriteWhomTheConversationLets() {
        StubConversations.admit(conversation, bob, Membership.FULL.readOnly());
        StubConversations.admit(conversation, alice, Membership.FULL.asAdmin());

        Answer refused = post(bob, "may I?");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("message.only-admins-may-write");
        assertThat(post(alice, "I may").status()).isEqualTo(201);
        assertThat(history(bob)).hasSize(1);
    }

    @Test
    void asksOnceForManySendsAndEachTimeForReads() {
        for (int i = 0; i < 5; i++) {
            send(alice, "m" + i);
        }
        assertThat(StubConversations.asked(conversation, alice)).isEqualTo(1);

        for (int i = 0; i < 5; i++) {
            history(alice);
        }
        assertThat(StubConversations.asked(conversation, alice)).isEqualTo(6);
    }

    @Test
    void refusesASendRightAfterTheNoticeOfTheRemoval() {
        send(bob, "still here");
        StubConversations.admit(conversation, bob, Membership.former(1, 2));
        assertThat(post(bob, "remembered").status()).isEqualTo(201);

        notice(alice, "1", "MEMBER_REMOVED", bob);

        assertThat(post(bob, "removed").code()).isEqualTo(NOT_A_MEMBER);
    }

    @Test
    void reliesOnNoAnswerThatCameBeforeTheConversationAppliedTheNotice() {
        notice(alice, "1", "MEMBER_REMOVED", bob);
        assertThat(post(bob, "not applied yet").status()).isEqualTo(201);

        StubConversations.admit(conversation, bob, Membership.former(1, 1));

        assertThat(post(bob, "applied").code()).isEqualTo(NOT_A_MEMBER);
    }

    @Test
    void hearsOfChangesThatOthersMade() {
        send(alice, "a");
        send(bob, "b");
        StubConversations.admit(conversation, bob, Membership.FULL.readOnly());
        assertThat(post(bob, "remembered").status()).isEqualTo(201);

        tell(new ConversationUpdated(conversation, "acme", null));

        Until.satisfied(() -> assertThat(post(bob, "read only").code()).isEqualTo("message.only-admins-may-write"));
        StubConversations.admit(conversation, alice, Membership.former());
        tell(new ConversationDeleted(conversation, "acme", alice, alice));
        Until.satisfied(() -> assertThat(post(alice, "gone").code()).isEqualTo(NOT_A_MEMBER));
    }

    @Test
    void listsMarkedMessagesOfMoreConversationsThanAreAskedForOneByOne() {
        List<String> marked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String other = conversation + "-" + i;
            StubConversations.admit(other, alice);
            marked.add(sendTo(other, "m" + i));
            call(alice, "POST", marked.get(i) + "/star");
        }
        StubConversations.admit(conversation + "-0", alice, Membership.former(2, 5));

        JsonNode starred = as(alice).get("/api/v1/messages/starred").body().path("data");

        assertThat(starred.valueStream().map(message -> message.path("id").asString()))
                .containsExactlyInAnyOrderElementsOf(marked.subList(1, 20));
    }

    private String carolIsBack() {
        StubConversations.admit(conversation, carol);
        TestUsers.register("acme", carol);
        return carol;
    }

    private void tell(Event event) {
        publisher.publish(events.pending(event)).block();
    }

    private Answer post(String user, String text) {
        return as(user).post("/api/v1/conversations/" + conversation + "/messages", Map.of("text", text));
    }

    private String sendTo(String other, String text) {
        return as(alice)
                .post("/api/v1/conversations/" + other + "/messages", Map.of("text", text))
                .body()
                .path("id")
                .asString();
    }

    private List<Long> pages(String direction, String next, int limit) {
        List<Long> seen = new ArrayList<>();
        String path = "/api/v1/conversations/" + conversation + "/messages?limit=" + limit + "&direction=" + direction;
        JsonNode page = as(carol).get(path).body();
        while (true) {
            List<JsonNode> data = page.path("data").valueStream().toList();
            assertThat(data.size()).isLessThanOrEqualTo(limit);
            seen.addAll(seqs(data));
            if (!page.path("meta").path("hasMore").asBoolean()) {
                return seen;
            }
            assertThat(data).hasSize(limit);
            page = as(carol)
                    .get(path + "&cursor=" + page.path("meta").path(next).asString())
                    .body();
        }
    }

    private static List<Long> seqs(List<JsonNode> messages) {
        return messages.stream().map(message -> message.path("seq").asLong()).toList();
    }
}
