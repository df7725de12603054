package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient;
import dev.parley.platform.test.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be no id is refused as a fault of the client, however it comes, and whichever service looks for it. Some of it is
 * more than another service's firewall lets through.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadIdTest {

    private final String baseUrl = RunningPlatform.baseUrl();
    private ApiClient client;
    private String conversation;

    @BeforeAll
    void aConversation() {
        ChatUser user = ChatUser.register(baseUrl, "Anybody");
        client = new ApiClient(baseUrl, user.accessToken());
        conversation = user.groupWith();
    }

    /** As they stand in an address. */
    static Stream<String> encoded() {
        return Stream.of(
                "..",
                "...",
                "%2e%2e",
                "%252e%252e",
                "a%2Fb",
                "a%5Cb",
                "a;b",
                "a%3Bb",
                "%00",
                "%ff%fe",
                "%7Bid%7D",
                "%0D%0A",
                "%20",
                "%F0%9F%98%80",
                "x".repeat(3_000),
                "x".repeat(3_900));
    }

    static Stream<String> plain() {
        return Stream.of(
                "..",
                "../internal",
                "%2e%2e",
                "a/b",
                "a\\b",
                "a;b",
                "a?b",
                "a#b",
                "\u0000",
                "{id}",
                "$ne",
                "\r\n",
                " ",
                "\uD83D\uDE00",
                "x".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void inAPath(String id) {
        for (String path : List.of(
                "/api/v1/conversations/" + id,
                "/api/v1/conversations/" + id + "/messages",
                "/api/v1/conversations/" + id + "/unread",
                "/api/v1/messages/" + id,
                "/api/v1/messages/" + id + "/receipts",
                "/api/v1/users/" + id,
                "/api/v1/users/" + id + "/last-seen")) {
            assertClientsFault(path, client.getAsIs(path));
        }
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void inAQuery(String id) {
        for (String path : List.of(
                "/api/v1/messages/search?query=hello&conversationId=" + id,
                "/api/v1/conversations/" + conversation + "/messages?cursor=" + id)) {
            assertClientsFault(path, client.getAsIs(path));
        }
    }

    /** Where one service would read another character in place of them, another would ask for something else. */
    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%c3", "%c0%af", "%ed%a0%80", "%f4%90%80%80", "a%00"})
    void bytesThatAreNoTextAreRefusedByEveryService(String bytes) {
        for (String path : List.of(
                "/api/v1/users?query=" + bytes,
                "/api/v1/users/" + bytes + "/last-seen",
                "/api/v1/conversations?search=" + bytes,
                "/api/v1/conversations/" + bytes + "/unread",
                "/api/v1/messages/search?query=" + bytes,
                "/api/v1/messages/" + bytes)) {
            Answer answer = client.getAsIs(path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.code()).as(path).isEqualTo("request.malformed");
        }
    }

    @ParameterizedTest
    @MethodSource("plain")
    void inABody(String id) {
        String group = "/api/v1/conversations/" + conversation;
        asks("POST", "/api/v1/conversations/direct", Map.of("userId", id));
        asks("POST", "/api/v1/conversations/group", Map.of("name", "Group", "participantIds", List.of(id)));
        asks("POST", group + "/participants", Map.of("userIds", List.of(id)));
        asks("POST", group + "/read", Map.of("messageId", id));
        asks("POST", group + "/messages", Map.of("text", "x", "replyTo", id));
        asks("POST", group + "/messages", Map.of("attachments", List.of(Map.of("fileId", id))));
    }

    private void asks(String method, String path, Map<String, ?> body) {
        assertClientsFault(method + " " + path + " " + body, client.call(method, path, body));
    }

    private static void assertClientsFault(String request, Answer answer) {
        assertThat(answer.status()).as("%.200s: %s", request, answer.body()).isIn(400, 404);
        assertThat(answer.body().path("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.code()).as("%.200s: %s", request, answer.body()).isNotEmpty();
        assertThat(answer.body().path("traceId").asString()).isNotEmpty();
    }
}
