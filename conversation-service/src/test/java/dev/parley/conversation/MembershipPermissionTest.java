package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Participant.Role;
import dev.parley.platform.test.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import tools.jackson.databind.JsonNode;

/** What {@code approved} and {@code permissions} of a stored membership come to on the wire. */
class MembershipPermissionTest extends ConversationServiceTestCase {

    @Autowired
    private ReactiveMongoTemplate mongo;

    @Test
    void whoIsNotApprovedSeesAndWritesNothing() {
        TestMessageLog group = group("Approval", bob, carol);
        said(group, alice, "not for bob");
        set(group, bob, new Update().set("approved", false));

        assertThat(get(bob, group, "").code()).isEqualTo("conversation.not-a-member");
        assertThat(get(bob, group, "/members").status()).isEqualTo(403);
        assertThat(get(bob, group, "/unread").status()).isEqualTo(403);
        assertThat(read(bob, group, Map.of())).isEqualTo(403);
        assertThat(change("POST", bob, group, "/pin")).isEqualTo(403);
        assertThat(add(bob, group)).isEqualTo(403);
        assertThat(as(bob).get(BASE).body().path("data").isEmpty()).isTrue();
        assertThat(as(bob).get(BASE + "/unread").body().path("totalUnread").asLong(-1))
                .isZero();
        assertThat(access(bob, group).status()).isEqualTo(403);
        assertThat(conversations(bob, "/internal/access")).isEmpty();
        assertThat(conversations(bob, "/internal/memberships")).isEmpty();
        assertThat(among(group)).containsExactlyInAnyOrder(alice, carol);
        assertThat(viewers(group)).containsExactlyInAnyOrder(alice, carol);
        assertThat(get(alice, group, "/members").body().size()).isEqualTo(2);
    }

    @Test
    void whoMayOnlyReadChangesNothing() {
        TestMessageLog group = group("Readers", bob, carol);
        said(group, alice, "for bob");
        set(group, alice, new Update().set("permissions", List.of("read")));

        assertThat(get(alice, group, "").status()).isEqualTo(200);
        assertThat(read(alice, group, Map.of())).isEqualTo(204);
        assertThat(add(alice, group)).isEqualTo(403);
        assertThat(as(alice)
                        .call("PATCH", BASE + "/" + group.conversationId, Map.of("name", "Other"))
                        .code())
                .isEqualTo("conversation.not-permitted");
        assertThat(change("DELETE", alice, group, "/participants/" + bob)).isEqualTo(403);
        assertThat(change("DELETE", alice, group, "")).isEqualTo(403);
        JsonNode access = access(alice, group).body();
        assertThat(access.path("maySend").asBoolean(true)).isFalse();
        assertThat(access.path("admin").asBoolean(true)).isFalse();
        assertThat(texts(access.path("actions")))
                .containsExactlyInAnyOrder("READ", "SET_PERSONAL_STATE", "LIST_MEMBERS", "LEAVE");
        assertThat(change("POST", alice, group, "/leave")).isEqualTo(204);
    }

    @Test
    void whoMayOnlyWriteSeesNothing() {
        TestMessageLog group = group("Writers", bob, carol);
        said(group, alice, "not for bob");
        set(group, bob, new Update().set("permissions", List.of("write")));

        assertThat(get(bob, group, "").code()).isEqualTo("conversation.not-permitted");
        assertThat(as(bob).get(BASE).body().path("data").isEmpty()).isTrue();
        assertThat(conversations(bob, "/internal/access")).isEmpty();
        assertThat(conversations(bob, "/internal/memberships")).isEmpty();
        JsonNode access = access(bob, group).body();
        assertThat(access.path("maySend").asBoolean()).isTrue();
        assertThat(access.path("windows").isEmpty()).isTrue();
    }

    @Test
    void allHaveReadWhatAllHaveReadWhoCan() {
        TestMessageLog group = group("Receipts", bob, carol);
        set(group, carol, new Update().set("approved", false));
        said(group, alice, "for bob alone");

        read(bob, group, Map.of());

        assertThat(conversation(alice, group)
                        .path("lastMessage")
                        .path("deliveryStatus")
                        .asString())
                .isEqualTo("read");
        assertThat(asService()
                        .get("/internal/platform/conversations/" + group.conversationId + "/pointers")
                        .body()
                        .path("members")
                        .valueStream()
                        .map(member -> member.path("userId").asString()))
                .containsExactlyInAnyOrder(alice, bob);
    }

    @Test
    void nobodyWhoWaitsForApprovalBecomesAnAdmin() {
        TestMessageLog group = group("Waiting", bob);
        set(group, bob, new Update().set("approved", false));

        assertThat(change("POST", alice, group, "/leave")).isEqualTo(204);

        assertThat(conversation(alice, group).path("isActive").asBoolean(true)).isFalse();
        Membership waiting = mongo.findById(Membership.id(group.conversationId, bob), Membership.class)
                .block();
        assertThat(waiting.role()).isEqualTo(Role.MEMBER);
        assertThat(waiting.active()).isTrue();
    }

    private void set(TestMessageLog group, String userId, Update update) {
        Query member = Query.query(Criteria.where("_id").is(Membership.id(group.conversationId, userId)));
        assertThat(mongo.updateFirst(member, update, Membership.class).block().getModifiedCount())
                .isEqualTo(1);
    }

    private Answer get(String userId, TestMessageLog group, String what) {
        return as(userId).get(BASE + "/" + group.conversationId + what);
    }

    private Answer access(String userId, TestMessageLog group) {
        return as(userId).get("/internal/conversations/" + group.conversationId + "/access");
    }

    private int add(String userId, TestMessageLog group) {
        return as(userId)
                .post(BASE + "/" + group.conversationId + "/participants", Map.of("userIds", List.of(alice)))
                .status();
    }

    private List<String> conversations(String userId, String path) {
        return as(userId)
                .get(path)
                .body()
                .path("conversations")
                .valueStream()
                .map(JsonNode::toString)
                .toList();
    }

    private List<String> among(TestMessageLog group) {
        return texts(asService()
                .post(
                        "/internal/platform/conversations/" + group.conversationId + "/members/among",
                        Map.of("userIds", List.of(alice, bob, carol)))
                .body()
                .path("userIds"));
    }

    private List<String> viewers(TestMessageLog group) {
        return asService()
                .post(
                        "/internal/platform/chat-core/conversations/" + group.conversationId + "/views",
                        Map.of("userIds", List.of(alice, bob, carol)))
                .body()
                .path("members")
                .valueStream()
                .map(member -> member.path("userId").asString())
                .toList();
    }
}
