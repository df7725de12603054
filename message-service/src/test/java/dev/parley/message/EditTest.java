package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.test.ApiClient.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

class EditTest extends MessageApiTest {

    @Test
    void showsASingleMessageAsTheHistoryDoes() {
        String message = send(alice, "hello");

        assertThat(get(bob, message)).isEqualTo(history(bob).get(0));
        assertThat(get(alice, message)).isEqualTo(history(alice).get(0));
    }

    @Test
    void showsAMessageOnlyToThoseWhoMaySeeIt() {
        refusesOthers("GET", "", Map.of());
        String first = history(alice).get(1).path("id").asString();

        assertThat(get(carol, first).path("seq").asLong()).isEqualTo(1);
    }

    @Test
    void givesAMessageAnotherText() {
        String message = send(alice, "helo");
        JsonNode sent = get(alice, message);

        Answer edited = call(alice, "PATCH", message, Map.of("text", "hello"));

        assertThat(edited.status()).isEqualTo(200);
        JsonNode body = edited.body();
        assertThat(body.path("content").path("text").asString()).isEqualTo("hello");
        assertThat(body.path("isEdited").asBoolean()).isTrue();
        assertThat(body.path("editedAt").asString())
                .isGreaterThan(sent.path("createdAt").asString());
        assertThat(body.path("updatedAt")).isEqualTo(body.path("editedAt"));
        assertThat(body.path("createdAt")).isEqualTo(sent.path("createdAt"));
        assertThat(body.path("seq")).isEqualTo(sent.path("seq"));
        assertThat(get(alice, message)).isEqualTo(body);
        assertThat(history(alice)).containsExactly(body);
    }

    @Test
    void keepsTheFilesOfAnEditedMessage() {
        Map<String, Object> file = fileElsewhere("document", "f.txt", "text/plain");
        String message = as(alice)
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of("text", "see", "attachments", java.util.List.of(file)))
                .body()
                .path("id")
                .asString();

        JsonNode content =
                call(alice, "PATCH", message, Map.of("text", "look")).body().path("content");

        assertThat(content.path("text").asString()).isEqualTo("look");
        assertThat(content.path("attachments").get(0).path("filename").asString())
                .isEqualTo("f.txt");
    }

    @Test
    void tellsOfEachEditInOrderAndNotOfOneThatChangesNothing() {
        String message = send(alice, "a");
        for (String text : new String[] {"b", "c", "c", "d"}) {
            call(alice, "PATCH", message, Map.of("text", text));
        }

        assertThat(published("message.edited", 3))
                .extracting(event -> event.path("message")
                        .path("blocks")
                        .get(0)
                        .path("content")
                        .asString())
                .containsExactly("b", "c", "d");
        assertThat(published("message.edited", 3))
                .extracting(event ->
                        event.path("message").path("changes").path("revision").asLong())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void takesEveryEditOfManyAtOnceOneAfterTheOther() {
        String message = send(alice, "start");
        int count = 20;

        Flux.range(0, count)
                .flatMap(
                        i -> Mono.fromCallable(() -> call(alice, "PATCH", message, Map.of("text", "t" + i)))
                                .subscribeOn(Schedulers.boundedElastic()),
                        count)
                .doOnNext(answer -> assertThat(answer.status()).isEqualTo(200))
                .blockLast();

        var events = published("message.edited", count);
        assertThat(events)
                .extracting(event ->
                        event.path("message").path("changes").path("revision").asInt())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, count).boxed().toList());
        assertThat(get(alice, message).path("content").path("text"))
                .isEqualTo(events.get(count - 1)
                        .path("message")
                        .path("blocks")
                        .get(0)
                        .path("content"));
    }

    @Test
    void letsOnlyTheSenderEdit() {
        String message = send(alice, "mine");

        Answer refused = call(bob, "PATCH", message, Map.of("text", "yours"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("message.not-the-sender");
        refusesOthers("PATCH", "", Map.of("text", "theirs"));
    }

    @Test
    void refusesAnEditThatComesTooLate() {
        String inTime = send(alice, "in time");
        String late = send(alice, "late");
        age(inTime, Duration.ofSeconds(890));
        age(late, Duration.ofSeconds(901));

        assertThat(call(alice, "PATCH", inTime, Map.of("text", "edited")).status())
                .isEqualTo(200);
        Answer refused = call(alice, "PATCH", late, Map.of("text", "edited"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("message.edit-window-closed");
        assertThat(get(alice, late).path("content").path("text").asString()).isEqualTo("late");
        assertThat(get(alice, late).path("isEdited").asBoolean(true)).isFalse();
    }

    @Test
    void takesHowLongAMessageCanBeEditedFromItsConversation() {
        StubConversations.admit(conversation, alice, Membership.FULL.within(60, 1800));
        String message = send(alice, "late");
        age(message, Duration.ofSeconds(61));

        assertThat(call(alice, "PATCH", message, Map.of("text", "x")).code()).isEqualTo("message.edit-window-closed");
        StubConversations.admit(conversation, alice, Membership.FULL.within(3600, 1800));
        assertThat(call(alice, "PATCH", message, Map.of("text", "x")).status()).isEqualTo(200);
    }

    @Test
    void letsNobodyEditAfterLeaving() {
        String message = send(alice, "before");
        String left = "left-" + message;
        dev.parley.platform.test.TestUsers.register("acme", left);
        StubConversations.admit(conversation, left, Membership.former(1, 5));

        assertThat(get(left, message).path("id").asString()).isEqualTo(message);
        assertThat(call(left, "PATCH", message, Map.of("text", "x")).code()).isEqualTo(NOT_A_MEMBER);
    }

    @Test
    void namesWhatIsWrongWithAnEdit() {
        String message = send(alice, "fine");

        assertThat(fields(call(alice, "PATCH", message, Map.of("text", " ")))).containsExactly("text");
        assertThat(fields(call(alice, "PATCH", message, Map.of("text", 7)))).containsExactly("text");
        assertThat(fields(call(alice, "PATCH", message, Map.of()))).containsExactly("text");
        assertThat(fields(call(alice, "PATCH", message, Map.of("text", "x".repeat(10_001)))))
                .containsExactly("text");
        assertThat(get(alice, message).path("content").path("text").asString()).isEqualTo("fine");
    }
}
