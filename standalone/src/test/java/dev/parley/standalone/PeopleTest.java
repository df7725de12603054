package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.Until;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Who people are, wherever they are shown. */
class PeopleTest {

    private final String baseUrl = RunningPlatform.baseUrl();
    private final ChatUser alice = ChatUser.register(baseUrl, "Alice");
    private final ChatUser bob = ChatUser.register(baseUrl, "Bob");

    @Test
    void membersAreWholeUsersWithTheirRole() {
        String group = alice.groupWith(bob);

        JsonNode members = bob.get("/api/v1/conversations/" + group + "/members");

        assertThat(members).hasSize(2);
        for (JsonNode member : members) {
            ObjectNode user = member.deepCopy().asObject();
            boolean isAlice = user.path("id").asString().equals(alice.id());
            assertThat(user.path("role").asString()).isEqualTo(isAlice ? "admin" : "member");
            user.remove("role");
            user.remove("joinedAt");
            assertSameUser(user, alice.get("/api/v1/users/" + user.path("id").asString()));
        }
    }

    @Test
    void receiptsNameWholeUsers() {
        ChatUser carol = ChatUser.register(baseUrl, "Carol");
        String group = alice.groupWith(bob, carol);
        String message = alice.send(group, "hello").path("id").asString();
        bob.read(group);

        Until.satisfied(() -> {
            JsonNode receipts = alice.get("/api/v1/messages/" + message + "/receipts");
            assertThat(receipts.path("readBy")).as("%s", receipts).hasSize(1);
            assertThat(receipts.path("pending")).as("%s", receipts).hasSize(1);
            assertSameUser(receipts.path("readBy").get(0).path("user"), alice.get("/api/v1/users/" + bob.id()));
            assertSameUser(receipts.path("pending").get(0), alice.get("/api/v1/users/" + carol.id()));
        });
    }

    @Test
    void whoeverTypesIsShownByTheNewNameOnTheOldSocketToo() {
        String direct = alice.directWith(bob);
        Map<String, ?> typing = Map.of("conversationId", direct, "isTyping", true);
        Map<String, ?> still = Map.of("conversationId", direct, "isTyping", false);
        try (ChatSocket alices = alice.connect();
                ChatSocket bobs = bob.connect()) {
            alices.succeed("typing", typing);
            assertThat(bobs.await("typing_indicator", 1)
                            .get(0)
                            .path("displayName")
                            .asString())
                    .isEqualTo("Alice");
            alice.call("PATCH", "/api/v1/users/me", Map.of("displayName", "Alicia"));

            Until.satisfied(() -> {
                alices.succeed("typing", typing);
                assertThat(bobs.ask("get_typing_users", direct).findValuesAsString("displayName"))
                        .containsExactly("Alicia");
            });
            alices.succeed("typing", still);
            Until.satisfied(
                    () -> assertThat(bobs.told("typing_indicator")).last().satisfies(last -> {
                        assertThat(last.path("isTyping").asBoolean(true)).isFalse();
                        assertThat(last.path("displayName").asString()).isEqualTo("Alicia");
                    }));
        }
    }

    @Test
    void aNewNameIsToldLiveAndShownWhereverTheUserIs() {
        String direct = alice.directWith(bob);
        String question = alice.send(direct, "Who?").path("id").asString();
        bob.call("POST", "/api/v1/conversations/" + direct + "/messages", Map.of("text", "You", "replyTo", question));
        try (ChatSocket alices = alice.connect();
                ChatSocket bobs = bob.connect()) {
            alice.call("PATCH", "/api/v1/users/me", Map.of("displayName", "Alicia", "lastName", "Adams"));

            for (ChatSocket device : List.of(alices, bobs)) {
                JsonNode told = device.await("user_updated", 1).get(0).path("user");
                assertThat(told.path("id").asString()).isEqualTo(alice.id());
                assertThat(told.path("displayName").asString()).isEqualTo("Alicia");
                assertThat(told.path("lastName").asString()).isEqualTo("Adams");
            }
            Until.satisfied(() -> {
                List<JsonNode> history = bob.history(direct);
                assertThat(history.get(0).path("replyTo").path("senderName").asString())
                        .isEqualTo("Alicia");
                assertThat(history.get(1).path("sender").path("displayName").asString())
                        .isEqualTo("Alicia");
                assertThat(bob.listed(direct).path("participants").findValuesAsString("displayName"))
                        .contains("Alicia");
            });
        }
    }

    @Test
    void aQuoteFollowsWhatItQuotes() {
        String direct = alice.directWith(bob);
        String question = alice.send(direct, "Whoo?").path("id").asString();
        bob.call("POST", "/api/v1/conversations/" + direct + "/messages", Map.of("text", "You", "replyTo", question));
        try (ChatSocket bobs = bob.connect()) {
            alice.call("PATCH", "/api/v1/messages/" + question, Map.of("text", "Who?"));
            assertThat(bobs.await("message_updated", 1).get(0).path("text").asString())
                    .isEqualTo("Who?");
            JsonNode quote = bob.history(direct).get(0).path("replyTo");
            assertThat(quote.path("contentPreview").asString()).isEqualTo("Who?");
            assertThat(quote.path("state").asString()).isEqualTo("text");

            alice.call("DELETE", "/api/v1/messages/" + question, null);
            bobs.await("message_deleted", 1);
            JsonNode after = bob.history(direct).get(0).path("replyTo");
            assertThat(after.path("contentPreview").asString("none")).isEmpty();
            assertThat(after.path("state").asString()).isEqualTo("deleted");
        }
    }

    @Test
    void everybodyIsToldTheOwnRole() {
        try (ChatSocket alices = alice.connect();
                ChatSocket bobs = bob.connect()) {
            String group = alice.groupWith(bob);
            assertThat(alices.await("conversation_created", 1)
                            .get(0)
                            .path("role")
                            .asString())
                    .isEqualTo("admin");
            assertThat(bobs.await("conversation_created", 1).get(0).path("role").asString())
                    .isEqualTo("member");
            assertThat(bob.listed(group).path("role").asString()).isEqualTo("member");

            alice.call(
                    "PATCH", "/api/v1/conversations/" + group + "/participants/" + bob.id(), Map.of("role", "admin"));

            Until.satisfied(() -> assertThat(bobs.told("conversation_updated"))
                    .last()
                    .satisfies(told -> assertThat(told.path("role").asString()).isEqualTo("admin")));
            assertThat(bob.listed(group).path("role").asString()).isEqualTo("admin");
        }
    }

    @Test
    void choicesAreKept() {
        String path = "/api/v1/users/me/preferences";
        assertThat(alice.get(path).isNull()).isTrue();

        JsonNode changed = alice.call("PATCH", path, Map.of("messagePreview", false, "lastSeenVisibility", "contacts"));

        assertThat(changed.path("messagePreview").asBoolean(true)).isFalse();
        assertThat(changed.path("soundEnabled").asBoolean(false)).isTrue();
        assertThat(changed.path("lastSeenVisibility").asString()).isEqualTo("contacts");
        assertThat(alice.get(path)).isEqualTo(changed);
        assertThat(bob.get(path).isNull()).isTrue();
    }

    /** Whether somebody is online may change in between. */
    private static void assertSameUser(JsonNode shown, JsonNode user) {
        assertThat(withoutStatus(shown)).isEqualTo(withoutStatus(user));
        assertThat(shown.path("isBot").asBoolean(true)).isFalse();
    }

    private static JsonNode withoutStatus(JsonNode user) {
        ObjectNode copy = user.deepCopy().asObject();
        copy.remove("status");
        return copy;
    }
}
