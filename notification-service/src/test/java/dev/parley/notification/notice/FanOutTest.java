package dev.parley.notification.notice;

import static dev.parley.notification.notice.TestConversation.deleted;
import static dev.parley.notification.notice.TestConversation.reacted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.notification.notice.NoticeStore.Progress;
import dev.parley.notification.preference.PushPreferences;
import dev.parley.notification.push.Suppression;
import dev.parley.platform.test.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/** How what there is to tell is brought to the members of a conversation. */
class FanOutTest extends NoticeStoreTestCase {

    private static final int PORTION = 5;

    private final TestAudience audience = new TestAudience();

    private FanOut fanOut() {
        return new FanOut(
                audience,
                audience.devices(),
                new Recipients(audience.preferences(), audience.open()),
                audience.queue(),
                new Decisions(new NoticeSettings(Duration.ZERO, MAX_AGE)));
    }

    private List<Progress> bringOnce() {
        return fanOut().bring(store.claim().block(), PORTION)
                .flatMapIterable(group -> group)
                .collectList()
                .block();
    }

    /** Until nothing is due. */
    private void bringAll() {
        List<Progress> all = bringOnce();
        while (!all.isEmpty()) {
            store.advance(all).block();
            all = bringOnce();
        }
    }

    private List<String> members(int count) {
        List<String> ids = IntStream.range(0, count)
                .mapToObj(i -> "%s-%03d".formatted(conversation, i))
                .toList();
        ids.forEach(id -> audience.join(conversation, id));
        return ids;
    }

    @Test
    void everyDeviceOfEveryMemberIsToldOnce() {
        List<String> ids = members(2 * PORTION + 2);
        audience.device(ids.get(3), "tablet");
        MessageCreated message = talk.message(ids.get(0), "Hello");
        hear(message);

        bringAll();

        assertThat(audience.told())
                .hasSize(2 * PORTION + 2)
                .allMatch(push -> push.type().equals("message")
                        && push.noticeId().equals(message.message().id())
                        && push.seq() == 1)
                .extracting(push -> push.userId() + "/" + push.deviceId())
                .contains(ids.get(3) + "/phone", ids.get(3) + "/tablet", ids.get(11) + "/phone")
                .doesNotContain(ids.get(0) + "/phone");
        assertThat(audience.suppressed(Suppression.OWN)).hasSize(1);
        assertThat(notice(message.message().id()).state()).isEqualTo(NoticeState.DONE);
    }

    @Test
    void anotherInstanceGoesOnWhereOneWasKilled() {
        List<String> ids = members(3 * PORTION);
        hear(talk.message(ids.get(0), "Hello"));
        store.advance(bringOnce()).block();
        // The second portion is queued, but the instance dies before it has noted that.
        bringOnce();
        endLeases();

        bringAll();

        assertThat(audience.toldUsers()).containsExactlyElementsOf(ids.subList(1, ids.size()));
        // Of the second portion each push was asked for twice, under the same id.
        assertThat(audience.asked()).isEqualTo(4 * PORTION);
    }

    @Test
    void whatOneInstanceClaimedNoOtherClaims() {
        List<String> ids = members(2);
        hear(talk.message(ids.get(0), "one"), talk.message(ids.get(0), "two"), talk.message(ids.get(0), "three"));
        NoticeStore small = store(Duration.ZERO, fanOut(2, PORTION));

        List<Notice> first = small.claim().block();
        List<Notice> second = small.claim().block();

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
        assertThat(small.claim().block()).isEmpty();
    }

    @Test
    void whoLostAClaimChangesNothing() {
        List<String> ids = members(2 * PORTION);
        hear(talk.message(ids.get(0), "Hello"));
        List<Progress> slow = bringOnce();
        endLeases();
        bringAll();

        store.advance(slow).block();
        store.tryAgain(slow.get(0).notice()).block();

        assertThat(notice(slow.get(0).notice().id()).state()).isEqualTo(NoticeState.DONE);
        assertThat(store.claim().block()).isEmpty();
    }

    @Test
    void whoLeavesBeforeItIsDueIsNotTold() {
        List<String> ids = members(3);
        hear(talk.message(ids.get(0), "Hello"));
        audience.leave(conversation, ids.get(2));

        bringAll();

        assertThat(audience.toldUsers()).containsExactly(ids.get(1));
    }

    @Test
    void whatEachWantsIsAskedForWhenItIsDue() {
        List<String> ids = members(4);
        MessageCreated message = talk.message(ids.get(0), "Hello", ids.get(3));
        hear(message);
        audience.read(conversation, ids.get(1), message.message().seq());
        audience.prefer(ids.get(2), new PushPreferences(false, true, true, true, true, true, null));
        audience.mute(conversation, ids.get(3), Instant.now().plusSeconds(600));

        bringAll();

        assertThat(audience.suppressed(Suppression.READ))
                .extracting(push -> push.userId())
                .containsExactly(ids.get(1));
        assertThat(audience.suppressed(Suppression.DISABLED))
                .extracting(push -> push.userId())
                .containsExactly(ids.get(2));
        assertThat(audience.told())
                .hasSize(1)
                .allMatch(
                        push -> push.userId().equals(ids.get(3)) && push.type().equals("mention"));
    }

    @Test
    void whoHasTheConversationOpenIsNotTold() {
        List<String> ids = members(2);
        audience.open(ids.get(1), conversation);
        hear(talk.message(ids.get(0), "Hello"));

        bringAll();

        assertThat(audience.told()).isEmpty();
        assertThat(audience.suppressed(Suppression.OPEN)).hasSize(1);
    }

    @Test
    void aDeletedMessageIsToldToNobody() {
        List<String> ids = members(2);
        MessageCreated message = talk.message(ids.get(0), "Hello");
        hear(message, deleted(message.message()));

        bringAll();

        assertThat(audience.told()).isEmpty();
        assertThat(audience.suppressed(Suppression.DELETED)).hasSize(1);
    }

    @Test
    void oldNewsWakeNobody() {
        List<String> ids = members(2);
        Instant longAgo = Instant.now().minus(MAX_AGE).minusSeconds(1);
        hear(talk.message(ids.get(0), longAgo, List.of(Block.Text.plain("Hello"))));

        bringAll();

        assertThat(audience.told()).isEmpty();
        assertThat(audience.suppressed(Suppression.EXPIRED)).hasSize(1);
    }

    @Test
    void onlyThoseAreToldWhoWereAdded() {
        List<String> ids = members(2 * PORTION);
        String[] added = ids.subList(1, PORTION + 3).toArray(String[]::new);
        hear(talk.changed(NoticeKind.MEMBERS_ADDED, ids.get(0), added));

        bringAll();

        assertThat(audience.toldUsers()).containsExactly(added);
        assertThat(audience.told()).allMatch(push -> push.type().equals("group-added"));
    }

    @Test
    void aFormerAuthorIsNotToldOfAReaction() {
        audience.join(conversation, alice);
        audience.leave(conversation, alice);
        hear(reacted(talk.message(alice, "Hello").message(), bob, "👍", true));

        bringAll();

        assertThat(audience.told()).isEmpty();
        assertThat(audience.suppressed(Suppression.NOT_A_MEMBER)).hasSize(1);
    }

    @Test
    void aReactionToWhatWasReadBeforeIsThereUntilItsAuthorReadsOn() {
        audience.join(conversation, alice);
        MessageSnapshot message = talk.message(alice, "Hello").message();
        hear(reacted(message, bob, "👍", true));
        bringAll();
        audience.read(conversation, alice, 4);
        hear(reacted(message, bob, "❤", true));
        bringAll();

        assertThat(audience.told())
                .extracting(push -> push.noticeId() + " " + push.seq())
                .containsExactlyInAnyOrder(message.id() + "/" + bob + "/👍 1", message.id() + "/" + bob + "/❤ 5");
    }

    @Test
    void devicesAreAskedForOnceForManyMessages() {
        List<String> ids = members(3);
        for (int i = 0; i < 50; i++) {
            hear(talk.message(ids.get(0), "Hello " + i));
        }

        bringAll();

        assertThat(audience.told()).hasSize(100);
        assertThat(audience.questions()).isEqualTo(1);
    }

    @Test
    void aNoticeThatFailsHoldsUpNoOtherAndIsToldLater() {
        List<String> ids = members(2);
        TestConversation broken = new TestConversation("broken-" + conversation, TENANT);
        audience.join("broken-" + conversation, ids.get(1));
        audience.fail("broken-" + conversation, true);
        MessageCreated failing = broken.message(ids.get(0), "first");
        hear(failing, talk.message(ids.get(0), "second"));
        NoticeDispatch dispatch = dispatch();

        dispatch.start();
        try {
            Until.satisfied(() -> assertThat(audience.told()).hasSize(1));
            Until.satisfied(
                    () -> assertThat(notice(failing.message().id()).tries()).isGreaterThan(1));
            audience.fail("broken-" + conversation, false);
            Until.satisfied(() -> assertThat(audience.told()).hasSize(2));
        } finally {
            dispatch.stop();
        }
        assertThat(dispatch.isRunning()).isFalse();
    }

    @Test
    void aNoticeThatFailsUntilItIsTooOldIsGivenUp() {
        audience.fail(conversation, true);
        Instant longAgo = Instant.now().minus(MAX_AGE).minusSeconds(1);
        MessageCreated message = talk.message(alice, longAgo, List.of(Block.Text.plain("Hello")));
        hear(message);
        NoticeDispatch dispatch = dispatch();

        dispatch.start();
        try {
            Until.satisfied(
                    () -> assertThat(notice(message.message().id()).state()).isEqualTo(NoticeState.FAILED));
        } finally {
            dispatch.stop();
        }
        Until.satisfied(() -> assertThat(meters.get("parley.notification.notices.failed")
                        .counter()
                        .count())
                .isEqualTo(1));
    }

    private NoticeDispatch dispatch() {
        return new NoticeDispatch(
                store,
                fanOut(),
                fanOut(100, PORTION),
                new Decisions(new NoticeSettings(Duration.ZERO, MAX_AGE)),
                metrics);
    }

    /** As if those who claimed them had been killed long ago. */
    private void endLeases() {
        mongo.updateMulti(
                        new Query(Criteria.where(NoticeStore.DUE_AT).gt(Instant.EPOCH)),
                        Update.update(NoticeStore.DUE_AT, Instant.now().minusSeconds(1)),
                        NoticeStore.COLLECTION)
                .block();
    }
}
