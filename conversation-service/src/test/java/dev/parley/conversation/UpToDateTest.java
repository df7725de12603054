package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Whoever asks for a list or a count finds what message-service has acknowledged, though no event of it has come. */
class UpToDateTest extends ConversationServiceTestCase {

    private static final int ROUNDS = 10;

    @AfterEach
    void messageServiceIsBack() {
        TestMessageService.away(false);
    }

    @Test
    void listsAndCountsIncludeEachMessageInEachRound() {
        TestMessageLog chat = direct(alice, bob);
        TestMessageLog other = direct(alice, carol);
        for (int round = 1; round <= ROUNDS; round++) {
            MessageSnapshot message = store(chat, alice, "round " + round);

            JsonNode ofSender = as(alice).get(BASE).body().path("data").get(0);
            assertThat(ofSender.path("lastMessage").path("id").asString()).isEqualTo(message.id());
            assertThat(ofSender.path("unreadCount").asLong()).isZero();
            assertThat(total(alice)).isZero();
            assertThat(total(bob)).isEqualTo(round);
            assertThat(unread(bob, chat)).isEqualTo(round);
            store(other, carol, "round " + round);
            assertThat(unread(alice, other)).isEqualTo(1);
            read(alice, other, Map.of("messageId", other.at(other.size()).id()));
            assertThat(total(alice)).isZero();
            other.send(alice, "never told");
            MessageSnapshot answer = store(other, alice, "answer");
            assertThat(conversation(carol, other).path("lastMessage").path("id").asString())
                    .isEqualTo(answer.id());
            read(alice, other, Map.of());
        }
    }

    @Test
    void eachWayToAskAloneIsEnough() {
        TestMessageLog chat = direct(alice, bob);
        List<String> ways = List.of("", "?hasUnread=true", "/unread", "/" + chat.conversationId);
        for (int way = 0; way < ways.size(); way++) {
            MessageSnapshot message = store(chat, alice, "way " + way);
            JsonNode answer = as(bob).get(BASE + ways.get(way)).body();
            if (ways.get(way).equals("/unread")) {
                assertThat(answer.path("totalUnread").asLong()).isEqualTo(way + 1);
            } else {
                assertThat(answer.toString()).contains(message.id()).contains("\"unreadCount\":" + (way + 1));
            }
        }
        store(chat, alice, "the count of one");
        assertThat(unread(bob, chat)).isEqualTo(ways.size() + 1);
    }

    @Test
    void changesAreIncludedToo() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot first = said(chat, alice, "first");
        MessageSnapshot last = said(chat, alice, "last");
        assertThat(total(bob)).isEqualTo(2);

        store(new MessageEdited(chat.edit(last, "edited")), last.seq());
        assertThat(conversation(bob, chat).path("lastMessage").toString()).contains("edited");
        store(new MessageDeleted(chat.delete(first), alice), first.seq());
        assertThat(total(bob)).isEqualTo(1);
        storeHidden(chat, bob, last, chat.at(1));
        assertThat(unread(bob, chat)).isZero();
        assertThat(conversation(bob, chat).path("lastMessage").path("id").asString())
                .isEqualTo(first.id());
        assertThat(conversation(alice, chat).path("lastMessage").path("id").asString())
                .isEqualTo(last.id());
    }

    @Test
    void aConversationThatWasDeletedForOneselfIsBackWithTheNextMessage() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "first");
        change("DELETE", bob, chat, "");
        assertThat(as(bob).get(BASE).body().path("data")).isEmpty();

        MessageSnapshot message = store(chat, alice, "second");

        assertThat(as(bob).get(BASE).body().path("data").toString()).contains(message.id());
        assertThat(total(bob)).isEqualTo(1);
    }

    @Test
    void whatComesLaterIsCountedOnce() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot first = store(chat, alice, "first");
        assertThat(total(bob)).isEqualTo(1);

        publish(new MessageCreated(first, null));
        MessageSnapshot second = said(chat, alice, "second");

        assertThat(total(bob)).isEqualTo(2);
        assertThat(published(chat, "conversation.advanced", 1)).isNotEmpty();
        assertThat(conversation(bob, chat).path("lastMessage").path("id").asString())
                .isEqualTo(second.id());
    }

    @Test
    void isAnsweredAsItIsStoredWhileMessageServiceIsAway() {
        TestMessageLog chat = direct(alice, bob);
        MessageSnapshot first = said(chat, alice, "first");
        store(chat, alice, "second");
        TestMessageService.away(true);

        assertThat(conversation(bob, chat).path("lastMessage").path("id").asString())
                .isEqualTo(first.id());
        assertThat(total(bob)).isEqualTo(1);

        TestMessageService.away(false);
        assertThat(total(bob)).isEqualTo(2);
    }

    /** It was told to the devices already: an answer without it would stand on the screen until the next change. */
    @Test
    void includesWhatCameWhileMessageServiceWasAskedInVain() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "first");
        Until.satisfied(() -> {
            AtomicReference<MessageSnapshot> meanwhile = new AtomicReference<>();
            TestMessageService.awayOnceAfter(Mono.<Void>fromRunnable(() -> meanwhile.set(said(chat, alice, "next")))
                    .subscribeOn(Schedulers.boundedElastic()));

            JsonNode answer = conversation(bob, chat);

            assertThat(meanwhile.get()).as("came before the answer").isNotNull();
            assertThat(answer.path("lastMessage").path("id").asString())
                    .isEqualTo(meanwhile.get().id());
        });
    }

    private long total(String userId) {
        return as(userId).get(BASE + "/unread").body().path("totalUnread").asLong();
    }
}
