package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ConversationDeleted;
import dev.parley.events.Topics;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TopicReader;
import dev.parley.platform.test.Until;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RemovalTest extends MembershipTestCase {

    @Autowired
    private MembershipStore memberships;

    @Autowired
    private EventPublisher publisher;

    @Autowired
    private EventCodec events;

    @Test
    void anAdminDeletesAGroupForEverybody() {
        String group = group(bob, carol);
        remove(alice, group, carol);

        assertThat(delete(alice, group).status()).isEqualTo(204);

        for (String user : new String[] {alice, bob, carol}) {
            assertThat(get(user, group).code()).isEqualTo("conversation.not-found");
            assertThat(access(user, group).status()).isEqualTo(404);
            assertThat(as(user).get("/internal/access")
                            .body()
                            .path("conversations")
                            .size())
                    .isZero();
        }
        assertThat(delete(alice, group).code()).isEqualTo("conversation.not-found");
        assertThat(add(alice, group, dave).code()).isEqualTo("conversation.not-found");
        String members = "/internal/platform/conversations/" + group + "/members/among";
        assertThat(asService()
                        .post(members, Map.of("userIds", new String[] {alice, bob}))
                        .body()
                        .path("userIds")
                        .size())
                .isZero();
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            String event = topic.await(
                            group, 1, message -> TopicReader.type(message).equals("conversation.deleted"))
                    .get(0)
                    .value();
            assertThat(event).contains("\"deletedBy\":\"" + alice + "\"").doesNotContain("userId");
        }
    }

    @Test
    void onlyAnAdminDeletesAGroup() {
        String group = group(bob);

        assertThat(delete(bob, group).code()).isEqualTo("conversation.not-an-admin");
        assertThat(delete(dave, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(delete(eve, group).code()).isEqualTo("conversation.not-found");
        assertThat(get(bob, group).status()).isEqualTo(200);
    }

    @Test
    void aFormerMemberDeletesForOneself() {
        String group = group(bob, carol);
        remove(alice, group, bob);

        assertThat(delete(bob, group).status()).isEqualTo(204);

        assertThat(get(bob, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(access(bob, group).status()).isEqualTo(403);
        assertThat(delete(bob, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(get(carol, group).status()).isEqualTo(200);
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            String event = topic.await(
                            group, 1, message -> TopicReader.type(message).equals("conversation.deleted"))
                    .get(0)
                    .value();
            assertThat(event).contains("\"userId\":\"" + bob + "\"");
        }
    }

    @Test
    void whoComesBackDoesNotSeeWhatWasDeleted() {
        String group = group(bob, carol);
        StubSystemMessages.written(group, 5, 5);
        remove(alice, group, bob);
        delete(bob, group);
        StubSystemMessages.written(group, 9, 8);

        add(alice, group, bob);

        assertThat(get(bob, group).status()).isEqualTo(200);
        assertThat(windows(bob, group)).containsExactly("10-");
    }

    @Test
    void endsWhatACrashLeftOfADeletionWhenItReadsTheEvent() {
        String group = group(bob);

        publisher
                .publish(events.pending(new ConversationDeleted(group, "acme", null, alice)))
                .block();

        Until.satisfied(() -> {
            assertThat(memberships.ofConversation(group).count().block()).isZero();
            assertThat(memberships.of(group, bob).map(Membership::mayRead).block())
                    .isFalse();
        });
    }

    private Answer delete(String userId, String conversation) {
        return as(userId).call("DELETE", BASE + "/" + conversation, Map.of());
    }
}
