package dev.parley.notification.notice;

import static dev.parley.notification.notice.TestConversation.deleted;
import static dev.parley.notification.notice.TestConversation.edited;
import static dev.parley.notification.notice.TestConversation.reacted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind;
import dev.parley.events.ConversationKind;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.ReactionChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What there is to tell, by what happens. */
class NoticeProjectionTest extends NoticeStoreTestCase {

    @Test
    void aMessageIsOneDocumentHoweverOftenItIsHeardOf() {
        MessageCreated message = talk.message(alice, "Hello", bob);

        hear(message, message);
        hear(message);

        assertThat(count()).isEqualTo(1);
        Notice notice = notice(message.message().id());
        assertThat(notice.kind()).isEqualTo(dev.parley.notification.notice.NoticeKind.MESSAGE);
        assertThat(notice.message()).isEqualTo(message.message());
        assertThat(notice.mentions()).containsExactly(bob);
        assertThat(notice.only()).isNull();
        assertThat(meters.get("parley.notification.notices").counter().count()).isEqualTo(1);
    }

    @Test
    void itIsDueAfterTheHold() {
        NoticeStore holding = store(Duration.ofMinutes(10), fanOut(100, 500));
        MessageCreated message = talk.message(alice, "Hello");
        Instant before = Instant.now();

        new NoticeProjection(holding, metrics).hear(Heard.of(message)).block();

        assertThat(notice(message.message().id()).waiting().dueAt())
                .isBetween(before.plusSeconds(599), Instant.now().plusSeconds(601));
        assertThat(holding.claim().block()).isEmpty();
    }

    @Test
    void whatWasEncryptedStaysSealed() {
        MessageCreated message =
                talk.message(alice, Instant.now(), List.of(new Block.Sealed("key", "c2VjcmV0", List.of())));

        hear(message);

        assertThat(notice(message.message().id()).message().blocks())
                .isEqualTo(message.message().blocks());
    }

    @Test
    void anEditReplacesTheMessageAndAnEarlierOneNoMore() {
        MessageCreated message = talk.message(alice, "Hello");
        MessageEdited first = edited(message.message(), "Hello Bob");
        MessageEdited second = edited(first.message(), "Hello Bob!", bob);

        hear(message, first, second);
        hear(message, first);

        Notice notice = notice(message.message().id());
        assertThat(notice.message()).isEqualTo(second.message());
        assertThat(notice.mentions()).containsExactly(bob);
    }

    @Test
    void ofADeletedMessageNothingIsKept() {
        MessageCreated message = talk.message(alice, "Hello");
        MessageDeleted gone = deleted(message.message());

        hear(message, gone);
        hear(edited(message.message(), "Too late"));

        Notice notice = notice(message.message().id());
        assertThat(notice.isGone()).isTrue();
        assertThat(notice.message().blocks()).isEmpty();
    }

    @Test
    void aReactionIsToldToTheAuthor() {
        MessageCreated message = talk.message(alice, "Hello");
        ReactionChanged reaction = reacted(message.message(), bob, "👍", true);

        hear(reaction, reaction);

        Notice notice = notice(reactionId(reaction));
        assertThat(notice.only()).containsExactly(alice);
        assertThat(notice.actorId()).isEqualTo(bob);
        assertThat(notice.emoji()).isEqualTo("👍");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aReactionToOnesOwnMessageTellsNobody() {
        hear(reacted(talk.message(alice, "Hello").message(), alice, "👍", true));

        assertThat(count()).isZero();
    }

    @Test
    void aReactionFollowsTheMessage() {
        MessageCreated message = talk.message(alice, "Hello");
        ReactionChanged reaction = reacted(message.message(), bob, "👍", true);

        hear(message, reaction, edited(reaction.message(), "Hello Bob"));

        assertThat(notice(reactionId(reaction)).message().blocks()).containsExactly(Block.Text.plain("Hello Bob"));
    }

    @Test
    void aReactionThatIsTakenBackIsCancelledAndOneThatIsGivenAgainIsNot() {
        MessageCreated message = talk.message(alice, "Hello");
        ReactionChanged given = reacted(message.message(), bob, "👍", true);
        ReactionChanged takenBack = reacted(given.message(), bob, "👍", false);
        ReactionChanged again = reacted(takenBack.message(), bob, "👍", true);

        hear(given, takenBack);
        assertThat(notice(reactionId(given)).state()).isEqualTo(NoticeState.CANCELLED);
        assertThat(store.claim().block()).isEmpty();

        hear(given, takenBack, given);
        assertThat(notice(reactionId(given)).state()).isEqualTo(NoticeState.CANCELLED);
        assertThat(notice(reactionId(given)).isGone()).isTrue();

        hear(again, given, takenBack);
        assertThat(notice(reactionId(given)).isGone()).isFalse();
        assertThat(store.claim().block()).hasSize(1);
    }

    @Test
    void aReactionThatWasToldIsNotToldAgain() {
        MessageCreated message = talk.message(alice, "Hello");
        ReactionChanged given = reacted(message.message(), bob, "👍", true);
        ReactionChanged takenBack = reacted(given.message(), bob, "👍", false);
        hear(given);
        store.advance(List.of(new NoticeStore.Progress(store.claim().block().get(0), null)))
                .block();

        hear(takenBack, reacted(takenBack.message(), bob, "👍", true));

        assertThat(notice(reactionId(given)).state()).isEqualTo(NoticeState.DONE);
        assertThat(store.claim().block()).isEmpty();
    }

    @Test
    void whoIsAddedIsToldAndOtherSystemMessagesTellNobody() {
        MessageCreated added = talk.changed(NoticeKind.MEMBERS_ADDED, alice, bob, "carol", alice);

        hear(
                added,
                talk.changed(NoticeKind.MEMBERS_ADDED, alice, alice),
                talk.changed(NoticeKind.MEMBER_REMOVED, alice, bob),
                talk.changed(NoticeKind.ROLE_CHANGED, alice, bob),
                talk.changed(NoticeKind.of("OF_A_LATER_VERSION"), alice, bob));

        assertThat(count()).isEqualTo(1);
        Notice notice = notice(added.message().id() + "/added");
        assertThat(notice.kind()).isEqualTo(dev.parley.notification.notice.NoticeKind.GROUP_ADDED);
        assertThat(notice.only()).containsExactly(bob, "carol");
        assertThat(notice.actorName()).isEqualTo("alice");
    }

    @Test
    void aNewGroupIsToldToAllButWhoMadeItAndADirectConversationToNobody() {
        hear(
                talk.created(ConversationKind.GROUP, "Team", alice, bob, "carol"),
                new TestConversation("direct-" + conversation, TENANT)
                        .created(ConversationKind.DIRECT, "", alice, bob));

        assertThat(count()).isEqualTo(1);
        assertThat(notice(conversation + "/created").only()).containsExactly(bob, "carol");
    }
}
