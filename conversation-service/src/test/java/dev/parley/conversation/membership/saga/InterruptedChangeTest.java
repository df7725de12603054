package dev.parley.conversation.membership.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.PendingChange;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.MembershipTestCase;
import dev.parley.conversation.StubSystemMessages;
import dev.parley.conversation.StubSystemMessages.Outcome;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.membership.GroupMembers;
import dev.parley.conversation.membership.RosterUpdates;
import dev.parley.conversation.role.ChangeRoles;
import dev.parley.events.Block;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.BearerToken;
import dev.parley.platform.security.Caller;
import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

class InterruptedChangeTest extends MembershipTestCase {

    private static final Block.NoticeKind MUTED = Block.NoticeKind.of("MEMBERS_MUTED");

    @Autowired
    private MembershipStore memberships;

    @Autowired
    private PendingChangeSweeper sweeper;

    @Autowired
    private PendingChangeStore store;

    @Autowired
    private MembershipSaga saga;

    @Autowired
    private MembershipTransitions transitions;

    @Autowired
    private ChangeCoordinator coordinator;

    @Autowired
    private MembershipChangeSettings settings;

    @Autowired
    private ConversationAccess access;

    @Autowired
    private GroupMembers groupMembers;

    @Autowired
    private RosterUpdates rosterUpdates;

    @Test
    void changesNothingWhileMessageServiceIsAway() {
        String group = group(bob);

        StubSystemMessages.away(() -> {
            Answer refused = add(alice, group, carol);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("service.unavailable");
        });
        sweeper.sweep(Duration.ZERO).block();

        assertThat(get(carol, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(StubSystemMessages.asked(group)).isEmpty();
        assertThat(add(alice, group, carol).status()).isEqualTo(200);
    }

    @Test
    void changesNothingThatMessageServiceRefuses() {
        String group = group(bob);
        StubSystemMessages.next(group, Outcome.REFUSES);

        assertThat(add(alice, group, carol).status()).isEqualTo(500);

        assertThat(add(alice, group, dave).status()).isEqualTo(200);
        assertThat(members(group)).containsOnly(alice, bob, dave);
    }

    @Test
    void saysThatTheConversationIsBusyAndChangesNothing() {
        String group = group(bob);
        StubSystemMessages.next(group, Outcome.BUSY);

        Answer later = add(alice, group, carol);

        assertThat(later.status()).isEqualTo(429);
        assertThat(later.code()).isEqualTo("message.conversation-busy");
        assertThat(add(alice, group, dave).status()).isEqualTo(200);
        assertThat(members(group)).containsOnly(alice, bob, dave);
    }

    @Test
    void theNextChangeEndsOneThatFailedAfterItsNotice() {
        String group = group(bob);
        StubSystemMessages.next(group, Outcome.FAILS_AFTER_STORING);

        assertThat(remove(alice, group, bob).status()).isEqualTo(503);
        assertThat(add(alice, group, carol).body().path("participantCount").asInt())
                .isEqualTo(2);

        assertThat(members(group)).containsOnly(alice, carol);
        assertThat(windows(bob, group)).containsExactly("1-1");
        assertThat(windows(carol, group)).containsExactly("2-");
        assertThat(StubSystemMessages.placed(group)).hasSize(2);
    }

    @Test
    void theSweeperEndsWhatWasBegun() {
        String group = group(bob);
        String[] crowd = crowd(250);
        StubSystemMessages.next(group, Outcome.FINE, Outcome.FINE, Outcome.FAILS_BEFORE_STORING);
        assertThat(add(alice, group, crowd).status()).isEqualTo(503);
        assertThat(members(group)).hasSize(202);

        sweeper.sweep(Duration.ZERO).block();

        assertThat(members(group)).hasSize(252);
        assertThat(get(alice, group).body().path("participantCount").asInt()).isEqualTo(252);
        assertThat(StubSystemMessages.placed(group)).hasSize(3);
        assertThat(windows(crowd[0], group)).containsExactly("1-");
        assertThat(windows(crowd[249], group)).containsExactly("3-");
    }

    @Test
    void aFormerMemberSeesWhatWasWhenTheLeavingBeganHoweverLateItIsCompleted() {
        String group = group(bob, carol);
        StubSystemMessages.next(group, Outcome.FAILS_AFTER_STORING);
        remove(alice, group, bob);
        as(alice).call("PATCH", BASE + "/" + group, Map.of("name", "Later", "description", "later"));

        sweeper.sweep(Duration.ZERO).block();

        JsonNode seen = get(bob, group).body();
        assertThat(seen.path("isActive").asBoolean(true)).isFalse();
        assertThat(seen.path("name").asString()).isEqualTo("Team");
        assertThat(seen.has("description")).isFalse();
        assertThat(get(carol, group).body().path("name").asString()).isEqualTo("Later");
    }

    @Test
    void leavesWhatIsYoung() {
        String group = group(bob);
        StubSystemMessages.next(group, Outcome.FAILS_BEFORE_STORING);
        add(alice, group, carol);

        sweeper.sweep(Duration.ofHours(1)).block();

        assertThat(members(group)).containsOnly(alice, bob);
        sweeper.sweep(Duration.ZERO).block();
        assertThat(members(group)).containsOnly(alice, bob, carol);
    }

    @Test
    void nobodyWhoseRemovalHasItsPlaceMaySendAnyMore() {
        String group = group(bob);
        StubSystemMessages.next(group, Outcome.FAILS_AFTER_STORING);
        remove(alice, group, bob);

        assertThat(access(alice, group).body().path("maySend").asBoolean()).isTrue();
        assertThat(members(group)).contains(bob);
        assertThat(access(bob, group).body().path("maySend").asBoolean(true)).isFalse();
        assertThat(members(group)).doesNotContain(bob);
    }

    @Test
    void nobodyWhoseRemovalHasItsPlaceIsAMemberWhereverAUserAsks() {
        assertThat(afterBegunRemoval("/internal/memberships")
                        .path("conversationIds")
                        .isEmpty())
                .isTrue();
        assertThat(afterBegunRemoval("/internal/access")
                        .path("conversations")
                        .path(0)
                        .path("active")
                        .asBoolean(true))
                .isFalse();
        assertThat(afterBegunRemoval(BASE).path("data").path(0).path("isActive").asBoolean(true))
                .isFalse();
        assertThat(afterBegunRemoval(BASE + "/{id}").path("isActive").asBoolean(true))
                .isFalse();
    }

    /** What one is answered who asks while the own removal has its place and nothing else of it is done. */
    private JsonNode afterBegunRemoval(String path) {
        String removed = crowd(1)[0];
        String group = group(removed);
        StubSystemMessages.next(group, Outcome.FAILS_AFTER_STORING);
        remove(alice, group, removed);
        assertThat(members(group)).contains(removed);
        return as(removed).get(path.replace("{id}", group)).body();
    }

    @Test
    void judgesEachOfManyChangesAtOnceByWhatTheOneBeforeItLeft() {
        String group = group(bob);
        String[] crowd = crowd(20);
        add(alice, group, crowd);
        String[] coming = crowd(20);

        List<Mono<Answer>> changes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int n = i;
            changes.add(Mono.fromCallable(() -> add(bob, group, coming[n])));
            changes.add(Mono.fromCallable(() -> leave(crowd[n], group)));
        }
        List<Answer> answers = Flux.fromIterable(changes)
                .flatMap(change -> change.subscribeOn(Schedulers.boundedElastic()), 40)
                .collectList()
                .block();

        assertThat(answers).extracting(Answer::status).containsOnly(200, 204);
        Set<String> members = members(group);
        assertThat(members).hasSize(22).contains(coming).doesNotContain(crowd);
        assertThat(get(alice, group).body().path("participantCount").asInt()).isEqualTo(22);
        assertThat(StubSystemMessages.placed(group)).hasSize(41);
    }

    @Test
    void goesOnWhenNobodyWaitsForItAnyMore() {
        String group = group(bob);
        Conversation before = store.byId(group).block();

        saga.begin(before, removal(before, bob)).subscribe().dispose();

        Until.satisfied(() -> {
            assertThat(members(group)).containsOnly(alice);
            assertThat(store.byId(group).block().pending()).isNull();
        });
    }

    @Test
    void doesNotChangeWhatIsNotAsItWasJudged() {
        String group = group(bob, carol);
        Conversation before = store.byId(group).block();
        remove(alice, group, carol);

        assertThatThrownBy(() -> saga.begin(before, removal(before, bob)).block())
                .isInstanceOf(ConcurrentChange.class);

        assertThat(members(group)).containsOnly(alice, bob);
        assertThat(StubSystemMessages.placed(group)).hasSize(1);
    }

    @Test
    void leavesAChangeOfALaterVersionToThoseWhoKnowIt() {
        String group = group(bob, carol);
        PendingChange muting =
                change(store.byId(group).block(), new Block.Notice(MUTED, List.of(member(bob)), "Muted"));
        store.begin(store.byId(group).block(), muting).block();
        String other = group(bob);
        StubSystemMessages.next(other, Outcome.FAILS_BEFORE_STORING);
        add(alice, other, carol);

        sweeper.sweep(Duration.ZERO).block();

        assertThat(members(other)).contains(carol);
        assertThat(StubSystemMessages.asked(group)).isEmpty();
        assertThat(members(group)).containsOnly(alice, bob, carol);
        assertThat(store.byId(group).block().pending()).isEqualTo(muting);
        assertThat(remove(alice, group, carol).status()).isEqualTo(503);
        store.withdraw(store.byId(group).block()).block();
    }

    @Test
    void aNoticeOfALaterVersionChangesNoMembership() {
        String group = group(bob);
        assertThat(add(alice, group, carol).status()).isEqualTo(200);
        MessageSnapshot message = StubSystemMessages.placed(group).get(0);
        Block.Notice muted = new Block.Notice(MUTED, List.of(member(bob), member(carol), member(dave)), "Muted");
        List<Membership> before =
                memberships.ofConversation(group).collectList().block();

        transitions
                .apply(new MembershipTransitions.StoredSystemMessage(at(message, 9), muted, false, false, null))
                .block();

        assertThat(memberships.ofConversation(group).collectList().block()).containsExactlyInAnyOrderElementsOf(before);
    }

    private static MessageSnapshot at(MessageSnapshot message, long seq) {
        return new MessageSnapshot(
                message.id() + seq,
                message.tenantId(),
                message.conversationId(),
                seq,
                message.ordinal(),
                message.senderOrdinal(),
                message.sender(),
                message.senderKind(),
                null,
                message.blocks(),
                null,
                List.of(),
                message.createdAt(),
                null);
    }

    @Test
    void keepsAnAdminAlsoWhereTwoInstancesAreAskedAtOnce() {
        ChangeRoles here = new ChangeRoles(coordinator, groupMembers, rosterUpdates);
        ChangeRoles there = new ChangeRoles(
                new ChangeCoordinator(access, saga, new KeyedSerializer(), settings), groupMembers, rosterUpdates);
        for (int i = 0; i < 10; i++) {
            String group = group(bob, carol);
            give(alice, group, bob, "admin");

            List<Boolean> stepped = Flux.merge(
                            stepsDown(here, caller(alice), group), stepsDown(there, caller(bob), group))
                    .collectList()
                    .block();

            assertThat(stepped).containsExactlyInAnyOrder(true, false);
            assertThat(memberships
                            .ofConversation(group)
                            .filter(member -> member.role() == Role.ADMIN)
                            .count()
                            .block())
                    .isEqualTo(1);
        }
    }

    private static Mono<Boolean> stepsDown(ChangeRoles roles, Caller caller, String group) {
        return roles.give(caller, group, caller.userId(), Role.MEMBER)
                .map(changed -> true)
                .onErrorResume(
                        ApiException.class, refused -> Mono.just(refused.code() != ConversationError.LAST_ADMIN));
    }

    private static Caller caller(String userId) {
        return new Caller(
                userId,
                "acme",
                "session",
                userId,
                userId,
                null,
                null,
                Instant.now().plusSeconds(60),
                new BearerToken("unused"));
    }

    private PendingChange removal(Conversation before, String userId) {
        return change(before, SystemMessages.removed(summary(alice), member(userId)));
    }

    private PendingChange change(Conversation before, Block.Notice notice) {
        return new PendingChange(
                before.revision() + 1,
                summary(alice),
                List.of(notice),
                false,
                false,
                before.roster().subList(0, 1),
                before.participantCount() - 1,
                false,
                null);
    }

    private static Participant member(String userId) {
        return new Participant(summary(userId), Role.MEMBER, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static UserSummary summary(String userId) {
        return new UserSummary(userId, userId, userId, null);
    }

    private Set<String> members(String group) {
        return memberships
                .ofConversation(group)
                .map(Membership::userId)
                .toStream()
                .collect(Collectors.toSet());
    }
}
