package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestUsers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each endpoint answers to those who may not use it. */
class RefusalTest extends MembershipTestCase {

    private static final String BYSTANDER = "bystander";

    /**
     * @param member the code for a member who is no admin; empty where any member may
     */
    private record Endpoint(String method, String path, Map<String, ?> body, String member) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static Stream<Endpoint> changes() {
        String admins = "conversation.not-an-admin";
        return Stream.of(
                new Endpoint("POST", "/participants", Map.of("userIds", List.of(BYSTANDER)), ""),
                new Endpoint("POST", "/participants", Map.of("userIds", List.of(BYSTANDER), "role", "admin"), admins),
                new Endpoint("DELETE", "/participants/{alice}", Map.of(), admins),
                new Endpoint("PATCH", "/participants/{alice}", Map.of("role", "member"), admins),
                new Endpoint("POST", "/leave", Map.of(), ""),
                new Endpoint("PATCH", "", Map.of("name", "New"), admins),
                new Endpoint("PUT", "/icon", Map.of("fileId", "file"), admins),
                new Endpoint("DELETE", "/icon", Map.of(), admins));
    }

    @BeforeEach
    void somebodyToAdd() {
        TestUsers.register("acme", BYSTANDER);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changesAreForThoseWhoTakePart(Endpoint endpoint) {
        String group = group(bob, carol);
        remove(alice, group, carol);

        assertThat(call(endpoint, dave, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(call(endpoint, carol, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(call(endpoint, eve, group).code()).isEqualTo("conversation.not-found");
        assertThat(call(endpoint, alice, "nothing").code()).isEqualTo("conversation.not-found");
        assertThat(call(endpoint, bob, group).code()).isEqualTo(endpoint.member());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void directConversationsStayAsTheyAre(Endpoint endpoint) {
        String direct =
                id(as(alice).post(BASE + "/direct", Map.of("userId", bob)).body());

        Answer refused = call(endpoint, bob, direct);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("conversation.not-a-group");
    }

    @Test
    void aConversationIsForThoseWhoTakePartOrDid() {
        String group = group(bob, carol);
        remove(alice, group, carol);

        assertThat(get(bob, group).status()).isEqualTo(200);
        assertThat(get(carol, group).status()).isEqualTo(200);
        assertThat(get(dave, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(get(eve, group).code()).isEqualTo("conversation.not-found");
    }

    @Test
    void itsMembersAreForThoseWhoTakePartAndThoseOfThenForWhoLeft() {
        String group = group(bob, carol);
        remove(alice, group, carol);

        Answer members = as(bob).get(BASE + "/" + group + "/members");
        assertThat(members.body().valueStream().map(MembershipTestCase::id)).containsExactlyInAnyOrder(alice, bob);
        add(alice, group, dave);
        Answer then = as(carol).get(BASE + "/" + group + "/members");
        assertThat(then.body().valueStream().map(MembershipTestCase::id)).containsExactlyInAnyOrder(alice, bob);
        remove(alice, group, bob);
        assertThat(as(bob).get(BASE + "/" + group + "/members").body().size()).isEqualTo(2);
        String stranger = crowd(1)[0];
        assertThat(as(stranger).get(BASE + "/" + group + "/members").code()).isEqualTo("conversation.not-a-member");
        assertThat(as(eve).get(BASE + "/" + group + "/members").code()).isEqualTo("conversation.not-found");
    }

    @Test
    void thereMustBeSomebodyToChange() {
        String group = group(bob);

        assertThat(remove(alice, group, carol).code()).isEqualTo("conversation.no-such-participant");
        assertThat(give(alice, group, carol, "admin").code()).isEqualTo("conversation.no-such-participant");
        remove(alice, group, bob);
        assertThat(remove(alice, group, bob).code()).isEqualTo("conversation.no-such-participant");
    }

    private Answer call(Endpoint endpoint, String userId, String conversation) {
        String path = BASE + "/" + conversation + endpoint.path().replace("{alice}", alice);
        return as(userId).call(endpoint.method(), path, endpoint.body());
    }
}
