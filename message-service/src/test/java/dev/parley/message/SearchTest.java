package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.ApiClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SearchTest extends MessageApiTest {

    @Test
    void findsTheMessagesThatHoldEveryWordNewestFirst() {
        String older = send(alice, "The deployment of the gateway failed");
        send(alice, "deployment done");
        String newer = send(bob, "gateway: DEPLOYMENT again");

        JsonNode page = search(alice, "Deployment, GATEWAY!");

        assertThat(ids(page)).containsExactly(newer, older);
        assertThat(page.path("data").get(0)).isEqualTo(get(alice, newer));
        assertThat(page.path("meta").path("total").asInt()).isEqualTo(2);
        assertThat(ids(search(alice, "deployment nothing"))).isEmpty();
        assertThat(ids(search(alice, "?!"))).isEmpty();
    }

    @Test
    void findsWordsWhateverTheirCaseAccentsAndScript() {
        String german = send(alice, "Die Straße nach Köln");
        String vietnamese = send(alice, "Đường phố Hà Nội");
        String japanese = send(alice, "明日の会議は東京で行います");
        String russian = send(alice, "Привет, мир 🎉");

        assertThat(ids(search(bob, "STRASSE koln"))).containsExactly(german);
        assertThat(ids(search(bob, "straße"))).containsExactly(german);
        assertThat(ids(search(bob, "duong noi"))).containsExactly(vietnamese);
        assertThat(ids(search(bob, "東京 会議"))).containsExactly(japanese);
        assertThat(ids(search(bob, "京"))).containsExactly(japanese);
        assertThat(ids(search(bob, "大阪"))).isEmpty();
        assertThat(ids(search(bob, "МИР"))).containsExactly(russian);
    }

    @Test
    void takesWhatStoresHaveSignsForAsWords() {
        String message = send(alice, "plain \"quoted\" -minus $text");

        assertThat(ids(search(alice, "-plain"))).containsExactly(message);
        assertThat(ids(search(alice, "\"plain minus\" quoted"))).containsExactly(message);
        assertThat(ids(search(alice, "\"plain"))).containsExactly(message);
        assertThat(ids(search(alice, "{\"$ne\": 1}"))).isEmpty();
    }

    @Test
    void findsFilesByTheirNames() {
        String message = as(alice)
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        Map.of(
                                "text",
                                "see",
                                "attachments",
                                List.of(fileElsewhere("document", "Invoice_2024-final.pdf", "application/pdf"))))
                .body()
                .path("id")
                .asString();

        assertThat(ids(search(bob, "invoice pdf see"))).containsExactly(message);
    }

    @Test
    void followsEditsAndDeletions() {
        String message = send(alice, "helo world");

        call(alice, "PATCH", message, Map.of("text", "hello"));
        assertThat(ids(search(bob, "hello"))).containsExactly(message);
        assertThat(ids(search(bob, "world"))).isEmpty();

        call(alice, "DELETE", message);
        assertThat(ids(search(bob, "hello"))).isEmpty();
    }

    @Test
    void findsNothingThatTheCallerCannotSee() {
        String first = send(alice, "needle one");
        String second = send(alice, "needle two");
        String third = send(alice, "needle three");

        assertThat(ids(search(carol, "needle"))).containsExactly(first);
        assertThat(ids(search(carol, "needle", "&conversationId=" + conversation)))
                .containsExactly(first);
        assertThat(ids(search(stranger, "needle"))).isEmpty();
        assertThat(ids(search(eve, "needle"))).isEmpty();
        assertThat(ids(search(bob, "needle"))).containsExactly(third, second, first);
        assertThat(answer(stranger, "needle", "&conversationId=" + conversation).code())
                .isEqualTo(NOT_A_MEMBER);
        assertThat(answer(eve, "needle", "&conversationId=" + conversation).code())
                .isEqualTo(NOT_A_MEMBER);
    }

    @Test
    void findsNothingThatTheCallerDeletedForTheCallerAlone() {
        String kept = send(alice, "needle kept");
        String gone = send(alice, "needle gone");

        assertThat(call(bob, "DELETE", gone + "/me").status()).isEqualTo(204);

        assertThat(ids(search(bob, "needle"))).containsExactly(kept);
        assertThat(search(bob, "needle").path("meta").path("total").asInt()).isEqualTo(1);
        assertThat(ids(search(alice, "needle"))).containsExactly(gone, kept);
    }

    @Test
    void findsWhatIsInEachRangeOfAMembership() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sent.add(send(alice, "needle " + i));
        }
        StubConversations.admit(conversation, carol, Membership.former(2, 3).back(6));

        assertThat(ids(search(carol, "needle"))).containsExactly(sent.get(5), sent.get(2), sent.get(1));
    }

    @Test
    void searchesAllConversationsOrOne() {
        List<String> sent = new ArrayList<>();
        List<String> conversations = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String other = Ids.next();
            StubConversations.admit(other, alice);
            conversations.add(other);
            sent.add(sendTo(other, alice, "needle in " + i));
        }
        String elsewhere = Ids.next();
        StubConversations.admit(elsewhere, bob);
        sendTo(elsewhere, bob, "needle of bob");

        List<String> newestFirst = new ArrayList<>(sent);
        Collections.reverse(newestFirst);
        assertThat(ids(search(alice, "needle"))).containsExactlyElementsOf(newestFirst);
        assertThat(ids(search(alice, "needle", "&conversationId=" + conversations.get(7))))
                .containsExactly(sent.get(7));
    }

    @Test
    void pagesThroughWhatItFinds() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add(0, send(alice, "needle " + i));
        }

        JsonNode first = search(alice, "needle", "&page=1&limit=2");
        JsonNode last = search(alice, "needle", "&page=3&limit=2");

        assertThat(ids(first)).containsExactlyElementsOf(sent.subList(0, 2));
        assertThat(ids(last)).containsExactly(sent.get(4));
        assertThat(first.path("meta").path("total").asInt()).isEqualTo(5);
        assertThat(first.path("meta").path("hasMore").asBoolean()).isTrue();
        assertThat(last.path("meta").path("hasMore").asBoolean(true)).isFalse();
        assertThat(ids(search(alice, "needle", "&page=4&limit=2"))).isEmpty();
    }

    @Test
    void namesWhatIsWrongWithASearch() {
        assertThat(fields(answer(alice, " ", "&page=0&limit=101"))).containsExactly("query", "page", "limit");
        assertThat(fields(answer(alice, "x".repeat(201), "&conversationId=")))
                .containsExactly("query", "conversationId");
        assertThat(fields(as(alice).get("/api/v1/messages/search"))).containsExactly("query");
        assertThat(answer(alice, "x".repeat(200), "").status()).isEqualTo(200);
    }

    private String sendTo(String conversationId, String user, String text) {
        return as(user).post("/api/v1/conversations/" + conversationId + "/messages", Map.of("text", text))
                .body()
                .path("id")
                .asString();
    }

    private Answer answer(String user, String query, String more) {
        return as(user).getAsIs(
                        "/api/v1/messages/search?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more);
    }

    private JsonNode search(String user, String query) {
        return search(user, query, "");
    }

    private JsonNode search(String user, String query, String more) {
        Answer answer = answer(user, query, more);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(message -> message.path("id").asString())
                .toList();
    }
}
