package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.MessageSnapshot;
import dev.parley.platform.test.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** What members set for themselves alone. */
class PersonalStateTest extends ConversationServiceTestCase {

    private static final int MAX_PINNED = 5;

    @Test
    void mutesForAWhileOrForGood() {
        TestMessageLog chat = direct(alice, bob);
        String until = Instant.now()
                .plus(8, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();

        assertThat(mute(chat, Map.of("mutedUntil", until)).status()).isEqualTo(204);
        JsonNode muted = conversation(alice, chat);
        assertThat(muted.path("isMuted").asBoolean()).isTrue();
        assertThat(muted.path("notificationsEnabled").asBoolean(true)).isFalse();
        assertThat(muted.path("mutedUntil").asString()).isEqualTo(until);
        assertThat(conversation(bob, chat).path("isMuted").asBoolean(true)).isFalse();

        assertThat(mute(chat, Map.of()).status()).isEqualTo(204);
        assertThat(conversation(alice, chat).path("isMuted").asBoolean()).isTrue();
        assertThat(conversation(alice, chat).has("mutedUntil")).isFalse();

        assertThat(change("DELETE", alice, chat, "/mute")).isEqualTo(204);
        assertThat(conversation(alice, chat).path("isMuted").asBoolean(true)).isFalse();
        List<JsonNode> events = published(chat, "conversation.updated", 3);
        assertThat(events)
                .hasSize(3)
                .allMatch(event -> event.path("userId").asString().equals(alice));
        assertThat(events)
                .extracting(event -> event.path("member").path("mute").toString())
                .containsExactly("{\"until\":\"" + until + "\"}", "{\"until\":\"9999-12-31T23:59:59.000Z\"}", "{}");
    }

    @Test
    void refusesToMuteUntilATimeThatIsPastOrNone() {
        TestMessageLog chat = direct(alice, bob);

        for (Object until : List.of("2001-01-01T00:00:00Z", "tomorrow", 5, "")) {
            Answer refused = mute(chat, Map.of("mutedUntil", until));
            assertThat(refused.code()).isEqualTo("request.invalid");
            assertThat(refused.body().path("errors").get(0).path("field").asString())
                    .isEqualTo("mutedUntil");
        }
        assertThat(conversation(alice, chat).path("isMuted").asBoolean(true)).isFalse();
        assertThat(change("POST", carol, chat, "/mute")).isEqualTo(403);
    }

    @Test
    void tellsOfAPinOnce() {
        TestMessageLog chat = direct(alice, bob);

        assertThat(change("POST", alice, chat, "/pin")).isEqualTo(204);
        assertThat(change("POST", alice, chat, "/pin")).isEqualTo(204);
        assertThat(conversation(alice, chat).path("isPinned").asBoolean()).isTrue();
        assertThat(conversation(bob, chat).path("isPinned").asBoolean(true)).isFalse();
        assertThat(change("DELETE", alice, chat, "/pin")).isEqualTo(204);
        assertThat(change("DELETE", alice, chat, "/pin")).isEqualTo(204);
        assertThat(conversation(alice, chat).path("isPinned").asBoolean(true)).isFalse();

        mute(chat, Map.of());
        assertThat(published(chat, "conversation.updated", 3)).hasSize(3);
    }

    @Test
    void neverPinsMoreThanTheLimitHoweverManyAtOnce() {
        List<TestMessageLog> groups = IntStream.range(0, MAX_PINNED + 4)
                .mapToObj(i -> group("Pin " + i))
                .toList();

        List<Answer> answers = Flux.fromIterable(groups)
                .flatMap(group -> as(alice).posting(BASE + "/" + group.conversationId + "/pin", Map.of()), 9)
                .collectList()
                .block();

        assertThat(answers.stream().filter(answer -> answer.status() == 204)).hasSize(MAX_PINNED);
        assertThat(answers.stream().filter(answer -> answer.status() != 204))
                .hasSize(4)
                .allMatch(answer -> answer.status() == 400)
                .allMatch(answer -> answer.code().equals("conversation.too-many-pinned"));
        List<TestMessageLog> pinned = groups.stream()
                .filter(group -> conversation(alice, group).path("isPinned").asBoolean())
                .toList();
        assertThat(pinned).hasSize(MAX_PINNED);

        change("DELETE", alice, pinned.get(2), "/pin");
        TestMessageLog another = groups.stream()
                .filter(group -> !pinned.contains(group))
                .findFirst()
                .orElseThrow();
        assertThat(change("POST", alice, another, "/pin")).isEqualTo(204);
    }

    @Test
    void aDeletedConversationGivesItsPinBack() {
        List<TestMessageLog> groups = IntStream.range(0, MAX_PINNED)
                .mapToObj(i -> group("Pin " + i, bob))
                .toList();
        groups.forEach(group -> assertThat(change("POST", alice, group, "/pin")).isEqualTo(204));
        TestMessageLog another = group("Another");
        assertThat(change("POST", alice, another, "/pin")).isEqualTo(400);

        as(alice).post(BASE + "/" + groups.get(0).conversationId + "/leave", Map.of("andDelete", true));

        assertThat(change("POST", alice, another, "/pin")).isEqualTo(204);
    }

    @Test
    void clearsTheHistoryForOneAlone() {
        TestMessageLog chat = direct(alice, bob);
        say(chat, alice, "one");
        said(chat, alice, "two");

        assertThat(change("DELETE", bob, chat, "/messages")).isEqualTo(204);

        assertThat(unread(bob, chat)).isZero();
        assertThat(conversation(bob, chat).has("lastMessage")).isFalse();
        assertThat(conversation(alice, chat).path("lastMessage").path("seq").asLong())
                .isEqualTo(2);
        JsonNode access = as(bob).get("/internal/conversations/" + chat.conversationId + "/access")
                .body();
        assertThat(access.path("windows").get(0).path("fromSeq").asLong()).isEqualTo(3);
        JsonNode event = published(chat, "conversation.updated", 1).get(0);
        assertThat(event.path("userId").asString()).isEqualTo(bob);
        assertThat(event.path("member").path("cleared").toString())
                .isEqualTo("{\"seq\":2,\"ordinal\":2,\"sentOrdinal\":0}");

        said(chat, alice, "three");
        assertThat(unread(bob, chat)).isEqualTo(1);
        assertThat(conversation(bob, chat).path("lastMessage").path("seq").asLong())
                .isEqualTo(3);
        assertThat(as(bob).post(
                                BASE + "/" + chat.conversationId + "/read",
                                Map.of("messageId", chat.at(1).id()))
                        .code())
                .isEqualTo("message.not-found");
    }

    @Test
    void whatIsClearedOrDeletedForOneselfIsNotReadAlsoWhenOneReadsOn() {
        for (String what : List.of("/messages", "")) {
            TestMessageLog chat = direct(alice, what.isEmpty() ? carol : bob);
            String reader = what.isEmpty() ? carol : bob;
            said(chat, alice, "read");
            read(reader, chat, Map.of());
            said(chat, alice, "cleared");

            assertThat(change("DELETE", reader, chat, what)).isEqualTo(204);
            assertThat(unread(reader, chat)).isZero();
            assertThat(read(reader, chat, Map.of())).isEqualTo(204);
            assertThat(lastStatus(chat)).isEqualTo("sent");
            assertThat(as(alice)
                            .get(BASE + "/" + chat.conversationId + "/last-read")
                            .status())
                    .isEqualTo(200);
            assertThat(as(reader)
                            .get(BASE + "/" + chat.conversationId + "/last-read")
                            .body()
                            .path("lastReadMessageId")
                            .asString())
                    .isEqualTo(chat.at(1).id());

            MessageSnapshot after = said(chat, alice, "after");
            assertThat(unread(reader, chat)).isEqualTo(1);
            assertThat(as(reader)
                            .get(BASE + "/unread")
                            .body()
                            .path("totalUnread")
                            .asLong())
                    .isEqualTo(1);
            read(reader, chat, Map.of());
            assertThat(unread(reader, chat)).isZero();
            assertThat(lastStatus(chat)).isEqualTo("read");
            JsonNode receipt = published(chat, "receipt.read", 2).get(1);
            assertThat(receipt.path("messages").valueStream())
                    .extracting(message -> message.path("messageId").asString())
                    .containsExactly(after.id());
            assertThat(texts(receipt.path("fullyReadMessageIds"))).containsExactly(after.id());
        }
    }

    @Test
    void tellsFromWhereOnMessagesCountForWhoDeletedTheConversation() {
        TestMessageLog chat = direct(alice, bob);
        say(chat, bob, "mine");
        said(chat, alice, "one");

        assertThat(change("DELETE", bob, chat, "")).isEqualTo(204);

        assertThat(published(chat, "conversation.deleted", 1)
                        .get(0)
                        .path("cleared")
                        .toString())
                .isEqualTo("{\"seq\":2,\"ordinal\":2,\"sentOrdinal\":1}");
    }

    private String lastStatus(TestMessageLog chat) {
        return conversation(alice, chat)
                .path("lastMessage")
                .path("deliveryStatus")
                .asString();
    }

    @Test
    void clearingTwiceTellsOnce() {
        TestMessageLog chat = direct(alice, bob);
        said(chat, alice, "one");

        change("DELETE", bob, chat, "/messages");
        change("DELETE", bob, chat, "/messages");
        change("POST", bob, chat, "/pin");

        assertThat(published(chat, "conversation.updated", 2)).hasSize(2);
    }

    private Answer mute(TestMessageLog chat, Map<String, ?> body) {
        return as(alice).post(BASE + "/" + chat.conversationId + "/mute", body);
    }
}
