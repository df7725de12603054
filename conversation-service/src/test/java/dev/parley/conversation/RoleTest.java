package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block.NoticeKind;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant.Role;
import dev.parley.events.Topics;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TopicReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class RoleTest extends MembershipTestCase {

    @Autowired
    private MembershipStore memberships;

    @Test
    void makesMembersAdminsAndBack() {
        String group = group(bob);

        Answer promoted = give(alice, group, bob, "admin");
        Answer demoted = give(bob, group, alice, "member");

        assertThat(roles(promoted.body())).containsOnly(Map.entry(alice, "admin"), Map.entry(bob, "admin"));
        assertThat(roles(demoted.body())).containsOnly(Map.entry(alice, "member"), Map.entry(bob, "admin"));
        assertThat(access(bob, group).body().path("admin").asBoolean()).isTrue();
        assertThat(words(group))
                .containsExactly("Name of " + bob + " is now an admin", "Name of " + alice + " is no longer an admin");
        assertThat(give(alice, group, bob, "member").code()).isEqualTo("conversation.not-an-admin");
    }

    @Test
    void tellsOthersThatARoleChanged() {
        String group = group(bob);

        give(alice, group, bob, "admin");

        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            topic.await(group, 1, message -> TopicReader.type(message).equals("conversation.updated"));
        }
    }

    @Test
    void saysNothingWhereTheRoleIsAsWanted() {
        String group = group(bob);

        assertThat(give(alice, group, bob, "member").status()).isEqualTo(200);
        assertThat(give(alice, group, alice, "admin").status()).isEqualTo(200);
        assertThat(StubSystemMessages.asked(group)).isEmpty();
    }

    @Test
    void keepsTheLastAdmin() {
        String group = group(bob);

        assertThat(give(alice, group, alice, "member").code()).isEqualTo("conversation.last-admin");
        assertThat(StubSystemMessages.asked(group)).isEmpty();
    }

    @Test
    void keepsOneOfTwoAdminsWhoStepDownAtOnce() {
        for (int i = 0; i < 10; i++) {
            String group = group(bob, carol);
            give(alice, group, bob, "admin");

            List<Answer> answers = Flux.just(alice, bob)
                    .flatMap(user -> Mono.fromCallable(() -> give(user, group, user, "member"))
                            .subscribeOn(Schedulers.boundedElastic()))
                    .collectList()
                    .block();

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
            assertThat(admins(group)).hasSize(1);
        }
    }

    @Test
    void makesTheLongestMemberAdminWhenTheLastAdminLeaves() {
        String group = group();
        add(alice, group, dave);
        add(alice, group, carol, bob);

        leave(alice, group);

        assertThat(admins(group)).containsExactly(dave);
        assertThat(roles(get(dave, group).body())).containsEntry(dave, "admin");
        List<MessageSnapshot> notices = StubSystemMessages.placed(group);
        assertThat(notices)
                .extracting(notice -> notice.notice().orElseThrow().kind())
                .endsWith(NoticeKind.MEMBER_LEFT, NoticeKind.ROLE_CHANGED);
        assertThat(windows(alice, group)).containsExactly("1-" + (notices.size() - 1));
        assertThat(get(alice, group).body().path("isActive").asBoolean(true)).isFalse();
    }

    @Test
    void makesNobodyAdminWhereAnotherAdminIsLeft() {
        String group = group(bob, carol);
        give(alice, group, carol, "admin");

        leave(alice, group);

        assertThat(admins(group)).containsExactly(carol);
        assertThat(StubSystemMessages.placed(group)).hasSize(2);
    }

    @Test
    void deletesAGroupThatTheLastMemberLeaves() {
        String group = group(bob);
        leave(bob, group);

        assertThat(remove(alice, group, alice).status()).isEqualTo(200);

        assertThat(get(alice, group).code()).isEqualTo("conversation.not-found");
        assertThat(get(bob, group).code()).isEqualTo("conversation.not-found");
        assertThat(as(bob).get("/internal/access").body().path("conversations").size())
                .isZero();
        try (TopicReader topic = new TopicReader(Topics.CONVERSATIONS)) {
            topic.await(group, 1, message -> TopicReader.type(message).equals("conversation.deleted"));
        }
    }

    private List<String> admins(String group) {
        return memberships
                .ofConversation(group)
                .filter(member -> member.role() == Role.ADMIN)
                .map(Membership::userId)
                .collectList()
                .block();
    }

    private static List<String> words(String group) {
        return StubSystemMessages.placed(group).stream()
                .map(notice -> notice.notice().orElseThrow().plainText())
                .toList();
    }
}
