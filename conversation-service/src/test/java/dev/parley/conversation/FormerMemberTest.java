package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.MessageSnapshot;
import dev.parley.platform.id.Ids;
import dev.parley.platform.test.TestUsers;
import dev.parley.platform.test.Until;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A former member sees the conversation as it was at the leaving, whatever the way out. */
class FormerMemberTest extends ConversationServiceTestCase {

    private final String dave = "dave-" + Ids.next();

    @BeforeEach
    void aFourthUser() {
        TestUsers.register("acme", dave);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /leave", "DELETE /participants/{self}", "removed"})
    void seesNothingOfWhatChangesAfterTheLeaving(String way) {
        TestMessageLog group = group("Before", bob, carol);
        patch(group, Map.of("description", "as it was", "settings", Map.of("onlyAdminsCanAddMembers", true)));
        icon(group, "old-icon");
        MessageSnapshot first = said(group, alice, "while bob was there");
        read(carol, group, Map.of("messageId", first.id()));
        leave(way, group);
        Map<String, JsonNode> atTheLeaving = seenBy(bob, group);

        JsonNode seen = atTheLeaving.get("one");
        assertThat(seen.path("name").asString()).isEqualTo("Before");
        assertThat(seen.path("description").asString()).isEqualTo("as it was");
        assertThat(seen.path("iconUrl").asString()).contains("old-icon");
        assertThat(seen.path("settings").path("onlyAdminsCanAddMembers").asBoolean())
                .isTrue();
        assertThat(roles(seen)).isEqualTo(Map.of(alice, "admin", carol, "member"));
        assertThat(seen.path("participantCount").asInt()).isEqualTo(2);
        assertThat(atTheLeaving.get("members").size()).isEqualTo(2);

        patch(
                group,
                Map.of(
                        "name",
                        "After",
                        "description",
                        "as it is",
                        "settings",
                        Map.of("onlyAdminsCanMessage", true, "onlyAdminsCanAddMembers", false)));
        icon(group, "new-icon");
        as(alice).post(BASE + "/" + group.conversationId + "/participants", Map.of("userIds", List.of(dave)));
        as(alice).call("PATCH", BASE + "/" + group.conversationId + "/participants/" + carol, Map.of("role", "admin"));
        said(group, alice, "after");
        for (String reader : List.of(alice, carol, dave)) {
            read(reader, group, Map.of());
        }
        change("DELETE", alice, group, "/participants/" + carol);
        announceNewest(group);
        deliver(group, alice, group.size());
        awaitAdvancedFor(alice, group);

        assertThat(conversation(alice, group).path("name").asString()).isEqualTo("After");
        assertThat(seenBy(bob, group)).isEqualTo(atTheLeaving);
        assertThat(found(bob, "After")).isEmpty();
        assertThat(found(bob, "as it is")).isEmpty();
        assertThat(found(bob, "Before")).containsExactly(group.conversationId);
        assertThat(found(alice, "After")).containsExactly(group.conversationId);
    }

    @Test
    void seesTheDeletionsOfMessagesAndNoOtherChange() {
        TestMessageLog group = group("Messages", bob, carol);
        MessageSnapshot first = said(group, alice, "as bob read it");
        leave("POST /leave", group);
        MessageSnapshot farewell = group.at(group.size());
        hide(group, bob, farewell, first);
        Until.satisfied(() -> assertThat(lastText(bob, group)).isEqualTo("as bob read it"));

        edit(group, first, "as it reads now");
        said(group, alice, "after");

        assertThat(lastText(bob, group)).isEqualTo("as bob read it");

        delete(group, first);

        Until.satisfied(() -> assertThat(conversation(bob, group)
                        .path("lastMessage")
                        .path("status")
                        .asString())
                .isEqualTo("deleted"));
    }

    @Test
    void seesWhatIsNowAfterComingBack() {
        TestMessageLog group = group("Before", bob, carol);
        leave("POST /leave", group);
        patch(group, Map.of("name", "After"));
        assertThat(conversation(bob, group).path("name").asString()).isEqualTo("Before");

        as(alice).post(BASE + "/" + group.conversationId + "/participants", Map.of("userIds", List.of(bob)));

        assertThat(conversation(bob, group).path("name").asString()).isEqualTo("After");
        patch(group, Map.of("name", "Later"));
        leave("removed", group);
        patch(group, Map.of("name", "Last"));
        assertThat(conversation(bob, group).path("name").asString()).isEqualTo("Later");
    }

    private void leave(String way, TestMessageLog group) {
        int status =
                switch (way) {
                    case "POST /leave" -> change("POST", bob, group, "/leave");
                    case "removed" -> change("DELETE", alice, group, "/participants/" + bob);
                    default -> change("DELETE", bob, group, "/participants/" + bob);
                };
        assertThat(status).isBetween(200, 204);
        announceNewest(group);
        awaitAdvancedFor(alice, group);
    }

    private void awaitAdvancedFor(String member, TestMessageLog group) {
        Until.satisfied(() -> assertThat(conversation(member, group)
                        .path("lastMessage")
                        .path("seq")
                        .asLong())
                .isEqualTo(group.size()));
    }

    /** All that tells a user, or another service on the user's behalf, of a conversation. */
    private Map<String, JsonNode> seenBy(String userId, TestMessageLog group) {
        Map<String, JsonNode> seen = new LinkedHashMap<>();
        seen.put("one", conversation(userId, group));
        seen.put("list", as(userId).get(BASE).body());
        seen.put(
                "members",
                as(userId).get(BASE + "/" + group.conversationId + "/members").body());
        seen.put("unread", as(userId).get(BASE + "/unread").body());
        seen.put(
                "last read",
                as(userId).get(BASE + "/" + group.conversationId + "/last-read").body());
        // Without the event of the creation, which stands there until Kafka has it.
        seen.put(
                "access",
                as(userId)
                        .get("/internal/conversations/" + group.conversationId + "/access")
                        .body()
                        .deepCopy()
                        .asObject()
                        .without("creation"));
        seen.put("live", live(userId, group));
        return seen;
    }

    /** What {@code conversation_updated} would show. */
    private JsonNode live(String userId, TestMessageLog group) {
        return asService()
                .post(
                        "/internal/platform/chat-core/conversations/" + group.conversationId + "/views",
                        Map.of("userIds", List.of(userId)))
                .body()
                .path("members");
    }

    private static Map<String, String> roles(JsonNode conversation) {
        Map<String, String> roles = new LinkedHashMap<>();
        conversation
                .path("participants")
                .forEach(participant -> roles.put(
                        participant.path("userId").asString(),
                        participant.path("role").asString()));
        return roles;
    }

    private String lastText(String userId, TestMessageLog group) {
        return conversation(userId, group)
                .path("lastMessage")
                .path("content")
                .path("text")
                .asString("");
    }

    private Set<String> found(String userId, String words) {
        return Set.copyOf(as(userId)
                .get(BASE + "?search=" + words)
                .body()
                .path("data")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList());
    }

    private void patch(TestMessageLog group, Map<String, ?> body) {
        assertThat(as(alice)
                        .call("PATCH", BASE + "/" + group.conversationId, body)
                        .status())
                .isEqualTo(200);
    }

    private void icon(TestMessageLog group, String fileId) {
        as(alice).call("PUT", BASE + "/" + group.conversationId + "/icon", Map.of("fileId", fileId));
    }

    private void deliver(TestMessageLog group, String userId, long seq) {
        asService()
                .post(
                        "/internal/platform/deliveries",
                        Map.of(
                                "deliveries",
                                List.of(Map.of(
                                        "conversationId",
                                        group.conversationId,
                                        "tenantId",
                                        "acme",
                                        "userId",
                                        userId,
                                        "seq",
                                        seq,
                                        "at",
                                        Instant.now().toString()))));
    }
}
