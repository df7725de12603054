package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestUsers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

class ReactionTest extends MessageApiTest {

    private static final String THUMB = "\uD83D\uDC4D\uD83C\uDFFD";
    private static final String HEART = "\u2764\uFE0F";

    @Test
    void gathersReactionsByEmojiInTheOrderInWhichTheyCame() {
        String message = send(alice, "good news");
        add(bob, message, THUMB);
        add(alice, message, HEART);
        Answer last = add(alice, message, THUMB);

        assertThat(last.status()).isEqualTo(200);
        JsonNode reactions = last.body().path("reactions");
        assertThat(reactions).hasSize(2);
        assertThat(reactions.get(0).path("emoji").asString()).isEqualTo(THUMB);
        assertThat(users(reactions.get(0))).containsExactly(bob, alice);
        assertThat(reactions.get(0).path("count").asInt()).isEqualTo(2);
        assertThat(reactions.get(1).path("emoji").asString()).isEqualTo(HEART);
        assertThat(get(alice, message)).isEqualTo(last.body());
        assertThat(history(alice).get(0).path("reactions")).isEqualTo(reactions);
        assertThat(get(bob, message).path("isEdited").asBoolean(true)).isFalse();
    }

    @Test
    void takesAReactionBack() {
        String message = send(alice, "news");
        add(bob, message, THUMB);
        add(alice, message, THUMB);

        assertThat(users(remove(bob, message, THUMB).body().path("reactions").get(0)))
                .containsExactly(alice);
        assertThat(remove(alice, message, THUMB).body().path("reactions")).isEmpty();
    }

    @Test
    void changesNothingTheSecondTime() {
        String message = send(alice, "news");

        assertThat(add(bob, message, HEART).body())
                .isEqualTo(add(bob, message, HEART).body());
        Answer removed = remove(bob, message, HEART);
        assertThat(remove(bob, message, HEART).body()).isEqualTo(removed.body());
        assertThat(remove(bob, message, THUMB).status()).isEqualTo(200);
        add(alice, message, THUMB);

        assertThat(published("reaction.changed", 3))
                .extracting(event -> event.path("userId").asString() + event.path("added"))
                .containsExactly(bob + "true", bob + "false", alice + "true");
    }

    @Test
    void losesNoReactionOfManyAtOnce() {
        String message = send(alice, "everybody");
        List<String> many =
                IntStream.range(0, 30).mapToObj(i -> "u" + i + "-" + message).toList();
        TestUsers.register("acme", many.toArray(String[]::new));
        StubConversations.admit(conversation, many.toArray(String[]::new));

        Flux.fromIterable(many)
                .flatMap(
                        user -> as(user).posting("/api/v1/messages/" + message + "/reactions", Map.of("emoji", THUMB)),
                        many.size())
                .doOnNext(answer -> assertThat(answer.status()).as("%s", answer).isEqualTo(200))
                .blockLast();

        JsonNode reaction = get(alice, message).path("reactions").get(0);
        assertThat(users(reaction)).containsExactlyInAnyOrderElementsOf(many);
        assertThat(reaction.path("count").asInt()).isEqualTo(30);
    }

    @Test
    void boundsTheDifferentReactionsToAMessage() {
        String message = send(alice, "many");
        for (int i = 0; i < 20; i++) {
            assertThat(add(bob, message, Character.toString(0x1F600 + i)).status())
                    .isEqualTo(200);
        }

        Answer refused = add(bob, message, THUMB);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("message.too-many-reactions");
        assertThat(add(alice, message, Character.toString(0x1F607)).status()).isEqualTo(200);
        assertThat(get(alice, message).path("reactions")).hasSize(20);
    }

    @Test
    void refusesWhatIsNoEmoji() {
        String message = send(alice, "news");

        for (Object wrong : List.of("", " ", "two words", "a/b", "x".repeat(33), 7)) {
            assertThat(fields(call(bob, "POST", message + "/reactions", Map.of("emoji", wrong))))
                    .containsExactly("emoji");
        }
        assertThat(fields(call(bob, "POST", message + "/reactions", Map.of()))).containsExactly("emoji");
        assertThat(fields(remove(bob, message, "x".repeat(33)))).containsExactly("emoji");
        assertThat(get(alice, message).path("reactions")).isEmpty();
    }

    @Test
    void refusesReactionsToWhatCannotBeSeenOrIsDeleted() {
        refusesOthers("POST", "/reactions", Map.of("emoji", HEART));
        refusesOthers("DELETE", "/reactions/x", Map.of());
        String message = send(alice, "news");
        add(bob, message, HEART);
        call(alice, "DELETE", message);

        assertThat(add(bob, message, HEART).code()).isEqualTo("message.deleted");
        assertThat(remove(bob, message, HEART).code()).isEqualTo("message.deleted");
        assertThat(get(bob, message).path("reactions")).isEmpty();
    }

    private Answer add(String user, String message, String emoji) {
        return call(user, "POST", message + "/reactions", Map.of("emoji", emoji));
    }

    private Answer remove(String user, String message, String emoji) {
        return call(user, "DELETE", message + "/reactions/" + emoji);
    }

    private static List<String> users(JsonNode reaction) {
        return reaction.path("userIds").valueStream().map(JsonNode::asString).toList();
    }
}
