package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The text of a message is kept as it was written, and shows something. */
class WrittenTextTest extends MessageApiTest {

    private static final List<String> WRITTEN = List.of(
            "  two spaces before",
            "after  ",
            "\tindented\n\tmore\n",
            "\n\nlines around\n",
            "of Windows\r\n",
            "\u00A0no-break\u00A0",
            "\u3000ideographic\u3000",
            "\uFEFFbyte order mark",
            "\u200Bzero\u200Bwidth\u200B",
            "decomposed e\u0301, composed \u00E9",
            "\uFB01 \uFF21 \u2460 \u2122 \u212B",
            "\u202Eoverride\u202C \u2067isolate\u2069",
            "می\u200Cخواهم",
            "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \u2764\uFE0F \u2764\uFE0E",
            "soft\u00ADhyphen",
            "\u0301",
            ".");

    /** What shows nothing: neither of these nor several together are a message. */
    private static final List<String> INVISIBLE = List.of(
            " ",
            "\t\r\n",
            "\u0085",
            "\u00A0",
            "\u00AD",
            "\u034F",
            "\u061C",
            "\u115F\u1160",
            "\u1680",
            "\u17B4\u17B5",
            "\u180E",
            "\u2003\u2009",
            "\u200B",
            "\u200C\u200D",
            "\u200E\u200F",
            "\u2028\u2029",
            "\u202A\u202C",
            "\u202F\u205F",
            "\u2060\u2061",
            "\u2066\u2069",
            "\u2800",
            "\u3000",
            "\u3164",
            "\uFE0F",
            "\uFEFF",
            "\uFFA0",
            "\uD834\uDD73",
            "\uDB40\uDC41",
            "\uDB40\uDD00");

    @Test
    void isKeptAsItWasWrittenWhateverWayItComes() {
        List<String> expected = new ArrayList<>();
        for (String text : WRITTEN) {
            for (String path : List.of(rest(), direct())) {
                Answer sent = as(alice).post(path, Map.of("text", text));
                assertThat(sent.status()).as("%s: %s", text, sent.body()).isEqualTo(201);
                assertThat(text(sent.body())).isEqualTo(text);
                expected.add(0, text);
            }
        }

        assertThat(history(bob)).extracting(WrittenTextTest::text).containsExactlyElementsOf(expected);
        assertThat(published("message.created", expected.size()))
                .extracting(event -> event.path("message")
                        .path("blocks")
                        .path(0)
                        .path("content")
                        .asString())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void isKeptAsItWasEdited() {
        String message = send(alice, "first");
        for (String text : WRITTEN) {
            assertThat(text(call(alice, "PATCH", message, Map.of("text", text)).body()))
                    .isEqualTo(text);
            assertThat(text(get(bob, message))).isEqualTo(text);
        }
    }

    @Test
    void isRefusedWhereItShowsNothing() {
        String message = send(alice, "visible");
        List<String> blanks = new ArrayList<>(INVISIBLE);
        blanks.add(String.join("", INVISIBLE));
        for (String blank : blanks) {
            for (String path : List.of(rest(), direct())) {
                Answer refused = as(alice).post(path, Map.of("text", blank));
                assertThat(refused.status()).as(shown(blank)).isEqualTo(400);
                assertThat(refused.code()).as(shown(blank)).isEqualTo("message.empty");
                assertThat(as(alice)
                                .post(path, Map.of("text", blank, "attachments", List.of(file())))
                                .code())
                        .as(shown(blank))
                        .isEqualTo("message.empty");
            }
            assertThat(fields(call(alice, "PATCH", message, Map.of("text", blank))))
                    .as(shown(blank))
                    .containsExactly("text");
        }
        assertThat(as(alice).post(rest(), Map.of("text", "")).code()).isEqualTo("message.empty");
        assertThat(as(alice)
                        .post(rest(), Map.of("text", "", "attachments", List.of(file())))
                        .status())
                .isEqualTo(201);
        assertThat(history(bob)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\": \"\\u0000\"}", "{\"text\": \"a\\u0000b\"}", "{\"text\": \"end\\u0000\"}"})
    void isRefusedWithTheCharacterNul(String json) {
        String message = send(alice, "before");
        for (Answer refused : List.of(
                as(alice).postText(rest(), json),
                as(alice).postText(direct(), json),
                call(alice, "PATCH", message, Map.of("text", "a\u0000b")))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(fields(refused)).containsExactly("text");
            assertThat(refused.body().path("errors").get(0).path("message").asString())
                    .isEqualTo("text must not have the character NUL");
        }
        assertThat(history(bob)).hasSize(1);
    }

    @Test
    void isMeasuredInCodePoints() {
        String longest = "\uD83D\uDE00".repeat(10_000);
        for (String path : List.of(rest(), direct())) {
            assertThat(as(alice).post(path, Map.of("text", longest)).status()).isEqualTo(201);
            assertThat(fields(as(alice).post(path, Map.of("text", longest + "x"))))
                    .containsExactly("text");
        }
        String message = send(alice, "short");
        assertThat(call(alice, "PATCH", message, Map.of("text", longest)).status())
                .isEqualTo(200);
        assertThat(fields(call(alice, "PATCH", message, Map.of("text", longest + "x"))))
                .containsExactly("text");
    }

    private String rest() {
        return "/api/v1/conversations/" + conversation + "/messages";
    }

    private String direct() {
        return "/internal/conversations/" + conversation + "/messages";
    }

    private static Map<String, ?> file() {
        return fileElsewhere("image", "f.png", "image/png");
    }

    private static String text(JsonNode message) {
        return message.path("content").path("text").asString();
    }

    private static String shown(String text) {
        return text.codePoints().mapToObj("U+%04X"::formatted).toList().toString();
    }
}
