package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is accepted from a client is shown to everybody by every way out, the same; and what could not be shown is refused.
 *
 * <p>{@code -Dparley.content.seed} makes the same contents again.
 */
class AcceptedContentTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int RANDOM_CONTENTS = 12;

    /** Lists and objects in each other that a request may have, without the request's own object. */
    private static final int DEEPEST = 47;

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "1.50",
            "1e5",
            "1E+05",
            "1e308",
            "-1e308",
            "5e-324",
            "0.1000000000000000055511151231257827",
            "9007199254740993",
            "18446744073709551616",
            "3.14159265358979323846264338327950288419716939937510",
            "1" + "0".repeat(308));

    private static final List<String> STRINGS = List.of(
            "\"\"",
            "\"grüße \\ud83d\\ude00 \\u2028 \\u0001 \\\" \\\\ \\/ 漢\"",
            "\"" + "long ".repeat(2_000) + "\"",
            "\"</script>\"",
            "\"_placeholder\"");

    private static final List<String> NAMES = List.of(
            "\"\"",
            "\"$where\"",
            "\"a.b\"",
            "\".\"",
            "\"__proto__\"",
            "\"_placeholder\"",
            "\"toString\"",
            "\"_id\"",
            "\"名\"",
            "\"\\u0001\"",
            "\"" + "n".repeat(500) + "\"");

    private static final List<String> UNSHOWABLE = List.of(
            "1e400",
            "-1e400",
            "1e-400",
            "1e99999999999",
            "1" + "0".repeat(309),
            "1" + "0".repeat(4_000),
            "0." + "1".repeat(4_000),
            "\"\\u0000\"",
            "\"\\ud83d\"",
            "\"\\ude00\\ud83d\"",
            "{\"\\u0000\": 1}",
            "{\"\\udfff\": 1}");

    private final long seed = Long.getLong("parley.content.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final String baseUrl = RunningPlatform.baseUrl();
    private ChatUser alice;
    private ChatUser bob;
    private String conversation;
    private RawSocket alicePhone;
    private RawSocket bobPhone;
    private RawSocket bobTablet;

    @BeforeEach
    void aliceAndBob() {
        alice = ChatUser.register(baseUrl, "Alice");
        bob = ChatUser.register(baseUrl, "Bob");
        conversation = alice.directWith(bob);
        alicePhone = RawSocket.connect(alice);
        bobPhone = RawSocket.connect(bob);
        bobTablet = RawSocket.connect(bob);
    }

    @AfterEach
    void disconnect() {
        Stream.of(alicePhone, bobPhone, bobTablet).forEach(RawSocket::close);
    }

    @Test
    void showsByEveryWayWhatItAccepts() {
        // It has a position from which it is told what it misses.
        alice.send(conversation, "before");
        bobTablet.await(packet -> packet.contains("[\"new_message\""));
        bobTablet.close();
        Map<String, String> sent = new LinkedHashMap<>();
        List<String> values = values();
        for (int i = 0; i < values.size(); i++) {
            String content = normal("{\"n\":%d,\"v\":%s}".formatted(i, values.get(i)));
            String id = i % 2 == 0 ? sendByRest(content) : sendBySocket(content);
            sent.put(id, content);
            // Each has to be the last message of the list once.
            bobPhone.await(packet -> packet.contains("[\"conversation_updated\"") && shows(packet, content));
        }
        sent.forEach(this::isShownToBob);
        try (RawSocket back = RawSocket.comeBack(bob, bobTablet)) {
            sent.forEach((id, content) ->
                    back.await(packet -> packet.contains("[\"new_message\"") && shows(packet, content)));
        }
        assertThat(values).as("seed %s", seed).hasSizeGreaterThan(RANDOM_CONTENTS);
    }

    private void isShownToBob(String id, String content) {
        bobPhone.await(packet -> packet.contains("[\"new_message\"") && shows(packet, content));
        bob.call("POST", "/api/v1/messages/" + id + "/star", Map.of());
        bob.call("POST", "/api/v1/messages/" + id + "/pin", Map.of());
        for (String path : List.of(
                "/api/v1/conversations/" + conversation + "/messages?limit=100",
                "/api/v1/conversations/" + conversation + "/messages?limit=5&around=" + id,
                "/api/v1/conversations/" + conversation + "/messages/pinned",
                "/api/v1/messages/" + id,
                "/api/v1/messages/search?query=needle&limit=100&page=1",
                "/api/v1/messages/starred?limit=100&page=1")) {
            String answer = new ApiClient(baseUrl, bob.accessToken()).getText(path);
            assertThat(shows(answer, content))
                    .as("seed %s, %s: %s in %s", seed, path, content, answer)
                    .isTrue();
        }
        assertThat(alicePhone.ask("add_reaction", "{\"messageId\":\"" + id + "\",\"emoji\":\"👍\"}"))
                .matches(ack -> shows(ack, content));
        long seq = bob.get("/api/v1/messages/" + id).path("seq").asLong();
        assertThat(bobPhone.ask(
                        "get_missed",
                        "{\"conversationId\":\"%s\",\"afterSeq\":%d,\"limit\":1}".formatted(conversation, seq - 1)))
                .as("seed %s, get_missed of %s", seed, content)
                .matches(ack -> shows(ack, content));
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        values.add("[" + String.join(",", NUMBERS) + "]");
        values.add("[" + String.join(",", STRINGS) + "]");
        values.add(
                "{" + String.join(",", NAMES.stream().map(name -> name + ":1").toList()) + "}");
        values.add("{\"_placeholder\":true,\"num\":0}");
        values.add(nested("[", "]", DEEPEST - 1));
        values.add(nested("{\"k\":", "}", DEEPEST - 1));
        for (int i = 0; i < RANDOM_CONTENTS; i++) {
            values.add(value(1 + random.nextInt(DEEPEST - 2)));
        }
        return values;
    }

    private static String nested(String open, String close, int levels) {
        return open.repeat(levels) + "1" + close.repeat(levels);
    }

    private String value(int depth) {
        int choice = random.nextInt(depth == 0 ? 3 : 8);
        return switch (choice) {
            case 0 -> one(NUMBERS);
            case 1 -> one(STRINGS.subList(0, 2));
            case 2 -> one(List.of("true", "false", "null"));
            case 3, 4, 5 -> "[" + value(depth - 1) + (random.nextBoolean() ? "," + value(0) : "") + "]";
            default -> "{" + one(NAMES) + ":" + value(depth - 1) + ",\"last\":" + value(0) + "}";
        };
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    @Test
    void refusesWhatCouldNotBeShownAndGoesOn() {
        List<String> values = new ArrayList<>();
        UNSHOWABLE.forEach(
                value -> values.addAll(List.of(value, "[[" + value + "]]", "{\"a\":{\"b\":" + value + "}}")));
        values.add(nested("[", "]", DEEPEST + 1));
        values.add(nested("{\"k\":", "}", DEEPEST + 1));
        values.add(nested("[", "]", 499));
        values.add(nested("[", "]", 20_000));
        for (String value : values) {
            Answer answer = postText("{\"text\":\"needle\",\"encryptedContent\":" + value + "}");
            assertThat(answer.status()).as(value).isEqualTo(400);
        }
        for (String value : List.of("1e400", "[1e-400]", "\"\\u0000\"", "\"\\ud83d\"", nested("[", "]", 100))) {
            String argument = "{\"conversationId\":\"" + conversation + "\",\"encryptedContent\":" + value + "}";
            assertThat(alicePhone.ask("send_message", argument)).as(value).contains("\"code\":\"request.invalid\"");
            assertThat(alicePhone.ask("typing", argument)).as(value).contains("\"code\":\"request.invalid\"");
        }
        Answer unread = new ApiClient(baseUrl, alice.accessToken())
                .postText("/api/v1/conversations/group", "{\"name\":\"Group\",\"participantIds\":[],\"x\":[1e400]}");
        assertThat(unread.status()).isEqualTo(400);
        assertThat(unread.body().path("errors").get(0).path("field").asString()).isEqualTo("x[0]");
        assertThat(bob.texts(conversation)).isEmpty();
        alice.send(conversation, "goes on");
        assertThat(bobPhone.await(packet -> packet.contains("[\"new_message\"")))
                .contains("goes on");
        Until.satisfied(() -> assertThat(
                        bob.listed(conversation).at("/lastMessage/content/text").asString())
                .isEqualTo("goes on"));
    }

    private Answer postText(String body) {
        return new ApiClient(baseUrl, alice.accessToken())
                .postText("/api/v1/conversations/" + conversation + "/messages", body);
    }

    private String sendByRest(String content) {
        Answer answer = postText("{\"text\":\"needle\",\"encryptedContent\":" + content + "}");
        assertThat(answer.status()).as("seed %s, %s: %s", seed, content, answer).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    private String sendBySocket(String content) {
        String ack = alicePhone.ask(
                "send_message",
                "{\"conversationId\":\"" + conversation + "\",\"text\":\"needle\",\"encryptedContent\":" + content
                        + "}");
        assertThat(shows(ack, content))
                .as("seed %s, %s: %s", seed, content, ack)
                .isTrue();
        return JSON.readTree(ack.substring(ack.indexOf('[')))
                .get(0)
                .path("messageId")
                .asString();
    }

    /** @param answer JSON, or a packet with JSON at its end */
    private static boolean shows(String answer, String content) {
        int start = answer.startsWith("4") ? answer.indexOf('[') : 0;
        return normal(answer.substring(start)).contains("\"encryptedContent\":" + content);
    }

    /** JSON without spaces, with strings in one form, and with numbers as they are. */
    private static String normal(String json) {
        StringWriter normal = new StringWriter();
        try (JsonParser from = JSON.createParser(json);
                JsonGenerator to = JSON.createGenerator(normal)) {
            for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
                if (token.isNumeric()) {
                    to.writeNumber(from.getString());
                } else {
                    to.copyCurrentEvent(from);
                }
            }
        }
        return normal.toString();
    }
}
