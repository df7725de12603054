package dev.parley.conversation.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.OverTheWire;
import dev.parley.conversation.StubNotices;
import dev.parley.conversation.StubNotices.Mood;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
import dev.parley.platform.test.ApiClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class InterruptedChangeTest extends OverTheWire {

    @Autowired
    private Memberships memberships;

    @Autowired
    private ChangeSweeper sweeper;

    @Test
    void changesNothingWhileMessageServiceIsAway() {
        String group = group(bob);

        StubNotices.away(() -> {
            Answer refused = add(alice, group, carol);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("service.unavailable");
        });
        sweeper.sweep(Duration.ZERO).block();

        assertThat(get(carol, group).code()).isEqualTo("conversation.not-a-member");
        assertThat(StubNotices.asked(group)).isEmpty();
        assertThat(add(alice, group, carol).status()).isEqualTo(200);
    }

    @Test
    void changesNothingThatMessageServiceRefuses() {
        String group = group(bob);
        StubNotices.next(group, Mood.REFUSES);

        assertThat(add(alice, group, carol).status()).isEqualTo(500);

        assertThat(add(alice, group, dave).status()).isEqualTo(200);
        assertThat(members(group)).containsOnly(alice, bob, dave);
    }

    @Test
    void theNextChangeEndsOneThatFailedAfterItsNotice() {
        String group = group(bob);
        StubNotices.next(group, Mood.FAILS_AFTER_STORING);

        assertThat(remove(alice, group, bob).status()).isEqualTo(503);
        assertThat(add(alice, group, carol).body().path("participantCount").asInt())
                .isEqualTo(2);

        assertThat(members(group)).containsOnly(alice, carol);
        assertThat(windows(bob, group)).containsExactly("1-1");
        assertThat(windows(carol, group)).containsExactly("2-");
        assertThat(StubNotices.placed(group)).hasSize(2);
    }

    @Test
    void theSweeperEndsWhatWasBegun() {
        String group = group(bob);
        String[] crowd = crowd(250);
        StubNotices.next(group, Mood.FINE, Mood.FINE, Mood.FAILS_BEFORE_STORING);
        assertThat(add(alice, group, crowd).status()).isEqualTo(503);
        assertThat(members(group)).hasSize(202);

        sweeper.sweep(Duration.ZERO).block();

        assertThat(members(group)).hasSize(252);
        assertThat(get(alice, group).body().path("participantCount").asInt()).isEqualTo(252);
        assertThat(StubNotices.placed(group)).hasSize(3);
        assertThat(windows(crowd[0], group)).containsExactly("1-");
        assertThat(windows(crowd[249], group)).containsExactly("3-");
    }

    @Test
    void leavesWhatIsYoung() {
        String group = group(bob);
        StubNotices.next(group, Mood.FAILS_BEFORE_STORING);
        add(alice, group, carol);

        sweeper.sweep(Duration.ofHours(1)).block();

        assertThat(members(group)).containsOnly(alice, bob);
        sweeper.sweep(Duration.ZERO).block();
        assertThat(members(group)).containsOnly(alice, bob, carol);
    }

    @Test
    void nobodyWhoseRemovalHasItsPlaceMaySendAnyMore() {
        String group = group(bob);
        StubNotices.next(group, Mood.FAILS_AFTER_STORING);
        remove(alice, group, bob);

        assertThat(access(alice, group).body().path("maySend").asBoolean()).isTrue();
        assertThat(members(group)).contains(bob);
        assertThat(access(bob, group).body().path("maySend").asBoolean(true)).isFalse();
        assertThat(members(group)).doesNotContain(bob);
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
        assertThat(StubNotices.placed(group)).hasSize(41);
    }

    private Set<String> members(String group) {
        return memberships
                .ofConversation(group)
                .map(Membership::userId)
                .toStream()
                .collect(Collectors.toSet());
    }
}
