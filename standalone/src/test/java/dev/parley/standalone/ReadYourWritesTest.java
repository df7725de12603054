package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever was answered or told something finds it in lists and counts at once. */
class ReadYourWritesTest {

    private static final String CONVERSATIONS = "/api/v1/conversations/";
    private static final int ROUNDS = 25;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final String baseUrl = RunningPlatform.baseUrl();
    private final List<String> stale = new ArrayList<>();
    private ChatUser alice;
    private ChatUser bob;
    private ChatSocket phone;
    private ChatSocket bobPhone;
    private String conversation;

    @BeforeEach
    void twoUsers() {
        alice = ChatUser.register(baseUrl, "Alice");
        bob = ChatUser.register(baseUrl, "Bob");
        conversation = alice.directWith(bob);
        alice.groupWith(bob);
        phone = alice.connect();
        bobPhone = bob.connect();
    }

    @AfterEach
    void disconnect() {
        phone.close();
        bobPhone.close();
    }

    @Test
    void aListAfterAnAckAndAfterAnEventIncludesTheMessage() {
        for (int round = 1; round <= ROUNDS; round++) {
            String message = round % 2 == 0
                    ? phone.send(conversation, "round " + round).path("id").asString()
                    : alice.send(conversation, "round " + round).path("id").asString();
            check("sender's list", round, last(alice.listed(conversation)), message);
            awaitTold(bobPhone, "new_message", round);
            if (round % 3 == 0) {
                check("receiver's list", round, last(bob.listed(conversation)), message);
            } else if (round % 3 == 1) {
                check("receiver's count", round, "" + bob.totalUnread(), "" + round);
            } else {
                check("receiver's conversation", round, last(bob.get(CONVERSATIONS + conversation)), message);
            }
            check(
                    "receiver's list after that",
                    round,
                    "" + bob.listed(conversation).path("unreadCount"),
                    "" + round);
        }
        assertThat(stale).isEmpty();
    }

    @Test
    void aCountAfterAChangeIncludesTheChange() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            sent.add(phone.send(conversation, "message " + i).path("id").asString());
        }
        awaitTold(bobPhone, "new_message", ROUNDS);
        for (int i = 0; i < ROUNDS; i++) {
            String message = sent.get(i);
            if (i % 2 == 0) {
                alice.call("DELETE", "/api/v1/messages/" + message, Map.of());
                awaitTold(bobPhone, "message_deleted", i / 2 + 1);
            } else {
                bob.call("DELETE", "/api/v1/messages/" + message + "/me", Map.of());
            }
            check("receiver's count", i, "" + bob.totalUnread(), "" + (ROUNDS - i - 1));
        }
        assertThat(stale).isEmpty();
    }

    private void check(String what, int round, String shown, String expected) {
        if (!shown.equals(expected)) {
            stale.add(what + " in round " + round + ": " + shown + " for " + expected);
        }
    }

    private static String last(JsonNode conversation) {
        return conversation.path("lastMessage").path("id").asString("");
    }

    /** As soon as it is told: a test that looked now and then would be late. */
    private static void awaitTold(ChatSocket socket, String event, int count) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (socket.told(event).size() < count) {
            assertThat(System.nanoTime()).as("%s %s times", event, count).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
