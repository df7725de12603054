package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import tools.jackson.databind.JsonNode;

/** A reaction is one emoji, however its sender's keyboard writes it. */
class EmojiReactionTest extends MessageApiTest {

    private static final String STYLE = "\uFE0F";

    @Autowired
    private ReactiveMongoTemplate mongo;

    static Stream<String> emojis() {
        return Stream.of(
                "\uD83D\uDC4D", // thumb
                "\uD83D\uDC4D\uD83C\uDFFD", // with a skin tone
                "\u2764\uFE0F", // heart
                "\u2602\uFE0F", // umbrella
                "\u270C\uD83C\uDFFF", // victory hand with a skin tone
                "\u00A9\uFE0F", // copyright
                "\u2122\uFE0F", // trade mark
                "#\uFE0F\u20E3", // keycaps
                "*\uFE0F\u20E3",
                "0\uFE0F\u20E3",
                "\uD83D\uDD1F", // ten
                "\uD83C\uDDE9\uD83C\uDDEA", // flag of Germany
                "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08", // rainbow flag
                "\uD83C\uDFF3\uFE0F\u200D\u26A7\uFE0F", // transgender flag
                "\uD83C\uDFF4\u200D\u2620\uFE0F", // pirate flag
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", // England
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66", // family
                "\uD83D\uDC69\uD83C\uDFFB\u200D\u2764\uFE0F\u200D\uD83D\uDC8B\u200D\uD83D\uDC68\uD83C\uDFFF", // kiss
                "\uD83D\uDD75\uFE0F\u200D\u2640\uFE0F", // detective
                "\uD83E\uDDD1\uD83C\uDFFE\u200D\uD83D\uDCBB", // technologist
                "\uD83E\uDEE1"); // saluting face
    }

    @ParameterizedTest
    @MethodSource("emojis")
    void isAddedAndRemovedInEitherStyle(String emoji) {
        String message = send(alice, "news");
        String plain = emoji.replace(STYLE, "");

        assertThat(add(bob, message, emoji).status()).isEqualTo(200);
        JsonNode both = add(alice, message, plain).body().path("reactions");
        assertThat(both).hasSize(1);
        assertThat(both.get(0).path("emoji").asString()).isEqualTo(emoji);
        assertThat(both.get(0).path("count").asInt()).isEqualTo(2);
        assertThat(add(bob, message, plain).body().path("reactions")).isEqualTo(both);

        assertThat(remove(bob, message, plain).body().path("reactions").get(0).path("userIds"))
                .extracting(JsonNode::asString)
                .containsExactly(alice);
        assertThat(remove(alice, message, emoji).body().path("reactions")).isEmpty();
        assertThat(get(bob, message).path("reactions")).isEmpty();
    }

    @Test
    void differsFromOtherEmoji() {
        String message = send(alice, "news");
        List<String> distinct = emojis().limit(20).toList();
        distinct.forEach(
                emoji -> assertThat(add(bob, message, emoji).status()).as(emoji).isEqualTo(200));

        assertThat(get(alice, message).path("reactions"))
                .extracting(reaction -> reaction.path("emoji").asString())
                .containsExactlyElementsOf(distinct);
    }

    @Test
    void isNothingButOneEmoji() {
        String message = send(alice, "news");
        for (String wrong : List.of(
                "",
                " ",
                "x",
                "ok",
                ":smile:",
                "+1",
                "1",
                "#",
                "*",
                "é",
                "字",
                "\uD83D\uDC4D\uD83D\uDC4D", // two
                "\u2764\uFE0F\uD83D\uDC4D",
                "\uD83D\uDC4Dx",
                "x\uD83D\uDC4D",
                "\uD83D\uDC4D \uD83D\uDC4D",
                "\uD83C\uDDE9\uD83C\uDDEA\uD83C\uDDEB\uD83C\uDDF7", // two flags
                "\uD83C\uDDE9", // half a flag
                "\u200D",
                "\uFE0F",
                "\u20E3",
                "\u200B",
                "\uD83D\uDC4D\u0301",
                "\u2192", // an arrow that is no emoji
                "/",
                "..")) {
            Answer refused = add(bob, message, wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(400);
            assertThat(fields(refused)).as(wrong).containsExactly("emoji");
        }
        assertThat(get(alice, message).path("reactions")).isEmpty();
    }

    @Test
    void tellsOfTheReactionThatIsShown() {
        String message = send(alice, "news");
        add(bob, message, "\u2764\uFE0F");
        add(alice, message, "\u2764");
        remove(bob, message, "\u2764");

        assertThat(published("reaction.changed", 3))
                .extracting(event -> event.path("emoji").asString())
                .containsOnly("\u2764\uFE0F");
    }

    @Test
    void isShownAndRemovedWhateverItWasWhenItWasStored() {
        String message = send(alice, "of an earlier version");
        stored(
                message,
                reaction("+1", alice, bob),
                reaction("\u2764", alice),
                reaction("\u2764\uFE0F", bob, alice),
                reaction("ok", bob));

        assertThat(get(alice, message).path("reactions"))
                .extracting(reaction -> reaction.path("emoji").asString())
                .containsExactly("+1", "\u2764", "\u2764\uFE0F", "ok");
        remove(bob, message, "+1");
        remove(bob, message, "ok");
        JsonNode left = remove(alice, message, "\u2764").body().path("reactions");
        assertThat(left)
                .extracting(reaction -> reaction.path("emoji").asString()
                        + reaction.path("userIds")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList())
                .containsExactly("+1" + List.of(alice), "\u2764\uFE0F" + List.of(bob));
        assertThat(add(bob, message, "\u2764").body().path("reactions")).isEqualTo(left);
        assertThat(remove(bob, message, "\u2764").body().path("reactions")).hasSize(1);
        assertThat(remove(bob, message, "+1").status()).isEqualTo(200);
    }

    private void stored(String message, Document... reactions) {
        mongo.getCollection("messages")
                .flatMapMany(messages -> messages.updateOne(
                        new Document("_id", message),
                        new Document(
                                "$set",
                                new Document(
                                        "changes",
                                        new Document("revision", 1L)
                                                .append("updatedAt", new Date())
                                                .append("reactions", List.of(reactions))))))
                .blockLast();
    }

    private static Document reaction(String emoji, String... users) {
        return new Document("emoji", emoji).append("userIds", List.of(users));
    }

    private Answer add(String user, String message, String emoji) {
        return call(user, "POST", message + "/reactions", Map.of("emoji", emoji));
    }

    private Answer remove(String user, String message, String emoji) {
        String encoded = URLEncoder.encode(emoji, StandardCharsets.UTF_8);
        return as(user).callAsIs("DELETE", "/api/v1/messages/" + message + "/reactions/" + encoded, Map.of());
    }
}
