package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is not as documented is noticed. */
class ContractTest {

    private static final String COUNT = "{\"conversationId\": \"c\", \"unreadCount\": 1}";
    private static final String UNREAD = "/api/v1/conversations/c/unread";

    @Test
    void anAnswerAsDocumentedIsFine() {
        assertThatCode(() -> ApiContract.check("GET", UNREAD, 200, json(COUNT))).doesNotThrowAnyException();
        assertThatCode(() -> ApiContract.check("DELETE", "/api/v1/messages/m/star", 204, json("{}")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"conversationId": "c"}
            200 | {"conversationId": "c", "unreadCount": -1}
            200 | {"conversationId": "c", "unreadCount": "1"}
            200 | {"conversationId": "c", "unreadCount": 1, "more": true}
            200 | {}
            201 | {"conversationId": "c", "unreadCount": 1}
            404 | {"conversationId": "c", "unreadCount": 1}
            """)
    void anyOtherAnswerIsRefused(int status, String body) {
        assertThatThrownBy(() -> ApiContract.check("GET", UNREAD, status, json(body)))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404, conversation.not-found, true",
        "503, service.unavailable, true",
        "404, message.not-found, false",
        "403, conversation.not-found, false",
        "409, conversation.last-admin, false"
    })
    void anErrorIsOneOfThoseThatTheOperationNames(int status, String code, boolean named) {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", "urn:parley:error:" + code).put("title", "t").put("detail", "d");
        problem.put("status", status).put("statusCode", status).put("message", "d");
        problem.put("instance", UNREAD).put("code", code).put("traceId", "t");

        if (named) {
            assertThatCode(() -> ApiContract.check("GET", UNREAD, status, problem))
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> ApiContract.check("GET", UNREAD, status, problem))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void anUndocumentedOperationMayAnswerNothing() {
        assertThatThrownBy(() -> ApiContract.check("GET", "/api/v1/nothing", 200, json("{}")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aTimeHasMillisecondsAtMost() {
        String lastSeen = "/api/v1/users/u/last-seen";

        assertThatCode(() ->
                        ApiContract.check("GET", lastSeen, 200, json("{\"lastSeenAt\": \"2026-05-04T09:30:00.120Z\"}")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ApiContract.check(
                        "GET", lastSeen, 200, json("{\"lastSeenAt\": \"2026-05-04T09:30:00.120345Z\"}")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anEventIsCheckedByItsName() {
        assertThat(EventContract.violations("unread_count_changed", json(COUNT)))
                .isEmpty();
        assertThat(EventContract.violations("unread_count_changed", json("{\"conversationId\": \"c\"}")))
                .isNotEmpty();
        assertThat(EventContract.violations("no_such_event", json(COUNT))).isNotEmpty();
    }

    @Test
    void anAnswerToAnEventIsOneOfThoseThatAreDocumented() {
        String refused = "{\"success\": false, \"error\": \"e\", \"code\": \"message.not-found\"}";

        assertThat(EventContract.violationsOfAnswer("typing", json("{\"success\": true}")))
                .isEmpty();
        assertThat(EventContract.violationsOfAnswer("typing", json(refused))).isEmpty();
        assertThat(EventContract.violationsOfAnswer("no_such_event", json(refused)))
                .isEmpty();
        assertThat(EventContract.violationsOfAnswer("send_message", json("{\"success\": true}")))
                .isNotEmpty();
        assertThat(EventContract.violationsOfAnswer("typing", json("{\"success\": false}")))
                .isNotEmpty();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
