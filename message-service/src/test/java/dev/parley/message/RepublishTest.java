package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.StubAnswers;
import dev.parley.platform.test.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator has the events of messages published again. */
class RepublishTest extends MessageApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/internal/platform/messages/republish";

    @Test
    void tellsOfWhatWasSentOrChangedSinceAsItIsNowInTheOrderOfTheConversation() {
        String old = send(alice, "old");
        String deleted = send(alice, "deleted");
        String edited = send(bob, "edited");
        send(alice, "plain");
        call(alice, "DELETE", deleted);
        call(bob, "PATCH", edited, Map.of("text", "other"));
        assertThat(events(6)).hasSize(6);
        age(old, Duration.ofHours(2));
        age(deleted, Duration.ofHours(2));

        // Other tests' conversations before it have keys that are not here.
        republish(Instant.now().minus(Duration.ofHours(1)), "&after=" + conversation + ":0");

        assertThat(events(11).subList(6, 11))
                .containsExactly(
                        "message.created 2",
                        "message.deleted 2",
                        "message.created 3 other",
                        "message.edited 3 other",
                        "message.created 4");
    }

    @Test
    void goesOnWhereAPortionEndedAndAnswersServicesAlone() {
        for (int i = 0; i < 3; i++) {
            send(alice, "text " + i);
        }
        assertThat(events(3)).hasSize(3);

        // As if a portion had ended behind the second message.
        assertThat(call(Instant.EPOCH, "&after=" + conversation + ":2").status())
                .isEqualTo(200);

        assertThat(events(4)).last().isEqualTo("message.created 3");
        assertThat(call(Instant.EPOCH, "&after=anything").code()).isEqualTo("request.invalid");
        assertThat(as(alice).post(PATH + "?since=" + Instant.now(), Map.of()).status())
                .isEqualTo(401);
    }

    @Test
    void looksAtAllConversationsAndTellsNothingOfWhatDidNotChange() {
        send(alice, "old");

        assertThat(republish(Instant.now().plus(Duration.ofHours(1)), "")).isZero();
    }

    /** @return of how many messages */
    private long republish(Instant since, String begin) {
        long messages = 0;
        String after = begin;
        do {
            Answer answer = call(since, after);
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
            messages += answer.body().path("messages").asLong();
            String next = answer.body().path("next").asString("");
            after = next.isEmpty() ? "" : "&after=" + next;
        } while (!after.isEmpty());
        return messages;
    }

    private Answer call(Instant since, String more) {
        return as(alice).with("Authorization", StubAnswers.CREDENTIALS).post(PATH + "?since=" + since + more, Map.of());
    }

    /** The events of the conversation, each once, at least so many: type, {@code seq}, and whether they have the edited text. */
    private List<String> events(int count) {
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            return topic.awaitDistinct(conversation, count, event -> true).stream()
                    .map(RepublishTest::described)
                    .toList();
        }
    }

    private static String described(ConsumerRecord<String, String> event) {
        JsonNode message = JSON.readTree(event.value()).path("message");
        String edited = message.toString().contains("other") ? " other" : "";
        return TopicReader.type(event) + " " + message.path("seq").asLong() + edited;
    }
}
