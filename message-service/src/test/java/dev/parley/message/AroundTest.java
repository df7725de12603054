package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.StubConversations.Membership;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pages of the history with a given message in the middle. */
class AroundTest extends MessageApiTest {

    private final List<String> sent = new ArrayList<>();

    @Test
    void showsAMessageInTheMiddleOfItsPage() {
        send(9);

        assertThat(seqs(around(5, 5))).containsExactly(7L, 6L, 5L, 4L, 3L);
        assertThat(seqs(around(5, 4))).containsExactly(6L, 5L, 4L, 3L);
        assertThat(seqs(around(5, 1))).containsExactly(5L);
        assertThat(seqs(around(5, 100))).containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(seqs(around(1, 5))).containsExactly(3L, 2L, 1L);
        assertThat(seqs(around(9, 5))).containsExactly(9L, 8L, 7L);
    }

    @Test
    void goesOnInBothDirections() {
        send(9);
        JsonNode meta = around(5, 3).path("meta");

        assertThat(meta.path("hasMore").asBoolean()).isTrue();
        assertThat(meta.path("limit").asInt()).isEqualTo(3);
        String older = meta.path("nextCursor").asString();
        String newer = meta.path("prevCursor").asString();
        assertThat(seqs(page("?limit=3&cursor=" + older))).containsExactly(3L, 2L, 1L);
        assertThat(seqs(page("?limit=3&direction=after&cursor=" + newer))).containsExactly(9L, 8L, 7L);
        JsonNode beginning = around(2, 5).path("meta");
        assertThat(beginning.path("hasMore").asBoolean(true)).isFalse();
        assertThat(beginning.path("nextCursor").asString("none")).isEqualTo("none");
    }

    @Test
    void leavesOutWhatTheCallerCannotSee() {
        send(9);
        StubConversations.admit(conversation, alice, Membership.former(2, 3).back(6));
        call(alice, "DELETE", sent.get(6) + "/me");

        assertThat(seqs(around(6, 5))).containsExactly(9L, 8L, 6L, 3L, 2L);
        assertThat(as(alice).get(path("?around=" + sent.get(3))).code()).isEqualTo(NOT_FOUND);
        assertThat(as(stranger).get(path("?around=" + sent.get(5))).code()).isEqualTo(NOT_A_MEMBER);
    }

    @Test
    void findsNoMessageOfAnotherConversation() {
        send(1);
        String elsewhere = conversation + "-2";
        StubConversations.admit(elsewhere, alice);

        assertThat(as(alice)
                        .get("/api/v1/conversations/" + elsewhere + "/messages?around=" + sent.get(0))
                        .code())
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void namesWhatIsWrong() {
        assertThat(fields(as(alice).get(path("?around=")))).containsExactly("around");
        assertThat(fields(as(alice).get(path("?around=x&direction=before")))).containsExactly("around");
        assertThat(fields(as(alice).get(path("?around=x&cursor=abc&limit=0"))))
                .containsExactly("limit", "around", "cursor");
        assertThat(as(alice).get(path("?around=nothing")).code()).isEqualTo(NOT_FOUND);
    }

    private void send(int count) {
        for (int i = 1; i <= count; i++) {
            sent.add(send(alice, "m" + i));
        }
    }

    private JsonNode around(int seq, int limit) {
        return page("?limit=" + limit + "&around=" + sent.get(seq - 1));
    }

    private JsonNode page(String query) {
        return as(alice).get(path(query)).body();
    }

    private String path(String query) {
        return "/api/v1/conversations/" + conversation + "/messages" + query;
    }

    private static List<Long> seqs(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(message -> message.path("seq").asLong())
                .toList();
    }
}
