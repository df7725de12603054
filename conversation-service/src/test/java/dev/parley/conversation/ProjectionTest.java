package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.QuoteState;
import dev.parley.events.ReplyReference;
import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** What lists know after messages were sent, changed, deleted and hidden. */
class ProjectionTest extends ConversationServiceTestCase {

    @Autowired
    private ReactiveMongoTemplate mongo;

    @AfterEach
    void messageServiceIsBack() {
        TestMessageService.away(false);
    }

    @Test
    void doesNotCountWhatWasDeletedForEveryone() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot one = say(chat, alice, "one");
        MessageSnapshot own = say(chat, bob, "own");
        said(chat, alice, "three");

        delete(chat, one);
        delete(chat, one);
        delete(chat, own);

        Until.satisfied(() -> assertThat(unread(bob, chat)).isEqualTo(1));
        said(chat, alice, "four");
        assertThat(unread(bob, chat)).isEqualTo(2);
    }

    @Test
    void doesNotCountWhatTheMemberDeletedForOneself() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot one = say(chat, alice, "one");
        MessageSnapshot own = say(chat, bob, "own");
        MessageSnapshot three = said(chat, alice, "three");

        hide(chat, bob, one, three);
        hide(chat, bob, one, three);
        hide(chat, bob, own, three);

        Until.satisfied(() -> assertThat(unread(bob, chat)).isEqualTo(1));
        assertThat(unread(alice, chat)).isEqualTo(1);
        said(chat, alice, "four");
        assertThat(unread(bob, chat)).isEqualTo(2);
    }

    @Test
    void showsTheLastMessageThatTheMemberDidNotDelete() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot one = say(chat, alice, "one");
        MessageSnapshot two = said(chat, alice, "two");

        hide(chat, bob, two, one);
        Until.satisfied(() -> assertThat(lastText(bob, chat)).isEqualTo("one"));
        assertThat(lastText(alice, chat)).isEqualTo("two");

        edit(chat, one, "edited");
        Until.satisfied(() -> assertThat(lastText(bob, chat)).isEqualTo("edited"));
        delete(chat, one);
        Until.satisfied(() -> assertThat(conversation(bob, chat)
                        .path("lastMessage")
                        .path("status")
                        .asString())
                .isEqualTo("deleted"));
        hide(chat, bob, one, null);
        Until.satisfied(
                () -> assertThat(conversation(bob, chat).has("lastMessage")).isFalse());

        said(chat, alice, "three");
        assertThat(lastText(bob, chat)).isEqualTo("three");
    }

    @Test
    void keepsTheLaterChangeOfTheMessageThatIsLeft() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot one = say(chat, alice, "one");
        MessageSnapshot two = say(chat, alice, "two");
        MessageSnapshot three = said(chat, alice, "three");
        hide(chat, bob, three, two);
        edit(chat, two, "edited");
        Until.satisfied(() -> assertThat(lastText(bob, chat)).isEqualTo("edited"));

        hide(chat, bob, one, two);

        Until.satisfied(() -> assertThat(unread(bob, chat)).isEqualTo(1));
        assertThat(lastText(bob, chat)).isEqualTo("edited");
    }

    @Test
    void showsNothingOfWhatTheLastMessageAnswers() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot one = said(chat, alice, "one");
        MessageSnapshot sent = chat.send(bob, "yes");
        publish(new MessageCreated(
                new MessageSnapshot(
                        sent.id(),
                        sent.tenantId(),
                        sent.conversationId(),
                        sent.seq(),
                        sent.ordinal(),
                        sent.senderOrdinal(),
                        sent.sender(),
                        sent.senderKind(),
                        null,
                        sent.blocks(),
                        new ReplyReference(one.id(), "Alice", "one", 1L, alice, QuoteState.TEXT),
                        List.of(),
                        sent.createdAt(),
                        null),
                null));
        awaitAdvanced(chat);

        JsonNode answered = conversation(alice, chat).path("lastMessage").path("replyTo");

        assertThat(answered.path("messageId").asString()).isEqualTo(one.id());
        assertThat(answered.path("contentPreview").asString("none")).isEmpty();
        assertThat(answered.path("state").asString()).isEqualTo("omitted");
    }

    /** As after a restore of this store alone, or where Kafka lost events. */
    @Test
    void knowsAllAgainWhenTheEventsOfMessagesArePublishedAgain() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "one");
        List<Document> earlier = stored(chat);
        MessageSnapshot two = say(chat, alice, "two");
        say(chat, bob, "three");
        said(chat, alice, "four");
        delete(chat, two);
        Until.satisfied(() -> assertThat(unread(bob, chat)).isEqualTo(2));
        earlier.forEach(document -> mongo.save(document, collectionOf(document)).block());
        assertThat(lastText(bob, chat)).isEqualTo("one");
        assertThat(unread(bob, chat)).isEqualTo(1);

        for (long seq = 1; seq <= chat.size(); seq++) {
            MessageSnapshot message = chat.at(seq);
            publish(new MessageCreated(message, null));
            if (seq == two.seq()) {
                publish(new MessageDeleted(message, alice));
            }
        }

        awaitAdvanced(chat);
        Until.satisfied(() -> assertThat(unread(bob, chat)).isEqualTo(2));
        assertThat(unread(alice, chat)).isEqualTo(1);
        assertThat(lastText(bob, chat)).isEqualTo("four");
    }

    private List<Document> stored(TestMessageLog chat) {
        Query conversation = Query.query(Criteria.where("_id").is(chat.conversationId));
        Query members = Query.query(Criteria.where("conversationId").is(chat.conversationId));
        return Flux.concat(
                        mongo.find(conversation, Document.class, "conversations"),
                        mongo.find(members, Document.class, "memberships"))
                .collectList()
                .block();
    }

    private static String collectionOf(Document document) {
        return document.containsKey("conversationId") ? "memberships" : "conversations";
    }

    @Test
    void waitsWithHiddenMessagesForMessageService() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot one = say(chat, alice, "one");
        MessageSnapshot two = said(chat, alice, "two");
        TestMessageService.away(true);
        hide(chat, bob, one, two);

        Until.satisfied(() ->
                assertThat(TestMessageService.refused(chat.conversationId)).isPositive());
        assertThat(unread(bob, chat)).isEqualTo(2);
        TestMessageService.away(false);

        Until.satisfied(() -> assertThat(unread(bob, chat)).isEqualTo(1));
    }

    @Test
    void bringsAHiddenDirectChatBackWithTheNextMessage() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "before");
        change("POST", bob, chat, "/pin");

        assertThat(change("DELETE", bob, chat, "")).isEqualTo(204);
        assertThat(listed(bob)).isEmpty();
        assertThat(listed(alice)).containsExactly(chat.conversationId);
        JsonNode deleted = published(chat, "conversation.deleted", 1).get(0);
        assertThat(deleted.path("userId").asString()).isEqualTo(bob);
        assertThat(deleted.path("deletedBy").asString()).isEqualTo(bob);
        assertThat(as(bob).get(BASE + "/unread").body().path("totalUnread").asLong())
                .isZero();

        said(chat, alice, "after");
        Until.satisfied(() -> assertThat(listed(bob)).containsExactly(chat.conversationId));
        assertThat(texts(published(chat, "conversation.returned", 1).get(0).path("userIds")))
                .containsExactly(bob);
        JsonNode again = conversation(bob, chat);
        assertThat(again.path("unreadCount").asLong()).isEqualTo(1);
        assertThat(again.path("isPinned").asBoolean(true)).isFalse();
        hide(chat, bob, chat.at(2), null);
        Until.satisfied(
                () -> assertThat(conversation(bob, chat).has("lastMessage")).isFalse());
    }

    @Test
    void aMessageThatWasSentBeforeDoesNotBringItBack() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot before = said(chat, alice, "before");
        change("DELETE", bob, chat, "");
        TestMessageLog other = direct(bob, carol);

        publish(new MessageCreated(before, null));
        said(other, carol, "marker");
        Until.satisfied(
                () -> assertThat(published(chat, "conversation.advanced", 2)).hasSizeGreaterThan(1));

        assertThat(listed(bob)).containsExactly(other.conversationId);
    }

    @Test
    void aMessageThatIsOnItsWayWhenAChatIsHiddenBringsItBack() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "before");
        change("DELETE", bob, chat, "");
        change("DELETE", bob, chat, "");
        assertThat(read(bob, chat, Map.of())).isEqualTo(204);

        say(chat, bob, "written by oneself");

        Until.satisfied(() -> assertThat(listed(bob)).containsExactly(chat.conversationId));
    }

    @Test
    void tellsWhenListsKnowOfMessagesAndChanges() {
        TestMessageLog chat = direct(alice, bob);
        say(chat, alice, "one");
        MessageSnapshot two = said(chat, alice, "two");
        List<JsonNode> advanced = published(chat, "conversation.advanced", 1);
        assertThat(advanced.get(advanced.size() - 1).path("tenantId").asString())
                .isEqualTo("acme");
        int before = advanced.size();

        edit(chat, chat.at(1), "edited");

        List<JsonNode> after = published(chat, "conversation.advanced", before + 1);
        assertThat(after.get(after.size() - 1).path("seq").asLong()).isEqualTo(two.seq());
    }

    private String lastText(String userId, TestMessageLog chat) {
        return conversation(userId, chat)
                .path("lastMessage")
                .path("content")
                .path("text")
                .asString("");
    }

    private List<String> listed(String userId) {
        return as(userId)
                .get(BASE)
                .body()
                .path("data")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }
}
