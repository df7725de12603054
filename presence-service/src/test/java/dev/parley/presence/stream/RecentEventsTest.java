package dev.parley.presence.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Block;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageRevision;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.events.UserSummary;
import dev.parley.presence.device.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    private static final UserKey U = new UserKey("t", "u");

    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final Duration KEEP = Duration.ofMinutes(2);

    private final RecentEvents recent = new RecentEvents(KEEP, 100_000, StreamPosition.of(9, 19));
    private StreamPosition position = StreamPosition.of(9, 19);

    @Test
    void findsMissedEventsInTheOrderInWhichTheyWereHandled() {
        add(0, 10, updated("a"), NOW);
        add(1, 20, updated("b"), NOW);
        add(0, 11, updated("c"), NOW);
        add(1, 21, updated("b"), NOW);
        add(0, 12, updated("a"), NOW);

        assertThat(missed(at(9, 19), "a", "b")).containsExactly(10L, 20L, 21L, 12L);
        assertThat(missed(at(10, 20), "a", "b")).containsExactly(21L, 12L);
        assertThat(missed(at(12, 19), "a", "b")).containsExactly(20L, 21L);
        assertThat(missed(at(12, 21), "a", "b")).isEmpty();
        assertThat(missed(at(9, 19), "x")).isEmpty();
    }

    /** A node that reads only what concerns its users learns of some events after later ones of the same partition. */
    @Test
    void keepsTheOrderOfAPartitionWhereAnEarlierEventIsLearnedOfLater() {
        add(0, 12, updated("a"), NOW.plusSeconds(60));
        add(1, 20, updated("b"), NOW.plusSeconds(60));
        add(0, 10, updated("c"), NOW);

        assertThat(missed(at(9, 19), "a", "b", "c")).containsExactly(20L, 10L, 12L);
        assertThat(recent.knows(0, 10)).isTrue();
        assertThat(recent.knows(0, 11)).isFalse();

        recent.trim(NOW.plusSeconds(121));

        assertThat(missed(at(10, 19), "a", "b", "c")).containsExactly(12L, 20L);
        assertThat(recent.covers(at(9, 19))).isFalse();
        assertThat(recent.knows(0, 10)).isTrue();
    }

    @Test
    void findsThePartlyReceivedRecord() {
        add(0, 10, updated("a"), NOW);
        add(0, 11, updated("a"), NOW);
        StreamOffset within = at(10, 19).atPart(0, 2);

        assertThat(missed(within, "a")).containsExactly(10L, 11L);
        assertThat(recent.missed(within, U, List.of("a")).get(0).isPartlySentTo(within))
                .isTrue();
        assertThat(recent.missed(within, U, List.of("a")).get(1).isPartlySentTo(within))
                .isFalse();
    }

    @Test
    void findsEventsAboutAUserAndAllOthersOfTheirConversations() {
        add(0, 10, updated("a"), NOW);
        add(1, 20, new ConversationDeleted("a", "t", null, "x", List.of("u", "v")), NOW);
        add(1, 21, new ConversationUpdated("b", "other", "u"), NOW);

        assertThat(missed(at(9, 19))).containsExactly(10L, 20L);
        assertThat(recent.missedAbout(at(9, 19), new UserKey("t", "v"))).hasSize(1);
        assertThat(recent.missedAbout(at(9, 19), new UserKey("t", "w"))).isEmpty();
    }

    @Test
    void forgetsOldEventsAndKnowsWhatItNoLongerCovers() {
        add(0, 10, updated("a"), NOW);
        add(1, 20, updated("b"), NOW.plusSeconds(60));
        recent.trim(NOW.plusSeconds(121));

        assertThat(recent.size()).isEqualTo(1);
        assertThat(recent.covers(at(9, 19))).isFalse();
        assertThat(recent.covers(at(10, 19))).isTrue();
        assertThat(recent.covers(at(10, 19).atPart(0, 1))).isFalse();
        assertThat(recent.covers(at(10, 20).atPart(1, 1))).isTrue();
        recent.trim(NOW.plusSeconds(200));
        assertThat(recent.size()).isZero();
        assertThat(recent.bytes()).isZero();
    }

    @Test
    void doesNotCoverEventsBeforeItsStart() {
        assertThat(recent.covers(at(9, 19))).isTrue();
        assertThat(recent.covers(at(8, 19))).isFalse();
    }

    @Test
    void isLimitedByBytes() {
        for (int offset = 10; offset < 1_000; offset++) {
            add(0, offset, updated("a"), NOW);
        }

        assertThat(recent.bytes()).isBetween(90_000L, 100_000L);
        assertThat(recent.covers(at(9, 19))).isFalse();
        assertThat(recent.covers(at(990, 19))).isTrue();
        assertThat(missed(at(990, 19), "a")).hasSize(9);
    }

    /** A node that starts reads one partition after another. */
    @Test
    void forgetsTheOldestEventsInWhateverOrderPartitionsAreRead() {
        for (int offset = 10; offset < 110; offset++) {
            add(0, offset, updated("a"), NOW.plusSeconds(offset));
        }
        for (int offset = 20; offset < 1_020; offset++) {
            add(1, offset, updated("b"), NOW.minusSeconds(1_020 - offset));
        }

        assertThat(recent.bytes()).isLessThanOrEqualTo(100_000L);
        assertThat(missed(at(9, 1_000), "a")).hasSize(100);
        assertThat(recent.covers(at(9, 1_000))).isTrue();
        assertThat(recent.covers(at(9, 19))).isFalse();
    }

    @Test
    void keepsNothingOfWhatWasTooOldWhenItWasRead() {
        Instant now = NOW.plusSeconds(300);
        recent.add(updated("a"), 0, 10, StreamPosition.of(10, 19), 100, NOW, now);
        recent.add(updated("b"), 1, 20, StreamPosition.of(10, 20), 100, now.minusSeconds(5), now);

        assertThat(recent.size()).isEqualTo(1);
        assertThat(recent.covers(at(9, 19))).isFalse();
        assertThat(recent.covers(at(10, 19))).isTrue();
    }

    @Test
    void findsOpenedConversationsInWhateverOrderPartitionsAreRead() {
        add(0, 10, new ConversationReturned("a", "t", List.of("u")), NOW.plusSeconds(10));
        add(1, 20, new ConversationReturned("b", "t", List.of("u")), NOW);

        assertThat(recent.openedSince(NOW.plusSeconds(5), U)).containsExactly("a");
    }

    @Test
    void findsConversationsThatChangedSinceATime() {
        add(0, 10, updated("a"), NOW);
        add(0, 11, updated("b"), NOW.plusSeconds(10));

        assertThat(recent.changedSince(NOW.plusSeconds(5), Set.of("a", "b"))).containsExactly("b");
    }

    @Test
    void usesTheTimeWhenAnEventBecameKnownNotWhenItWasRead() {
        recent.add(updated("a"), 0, 10, StreamPosition.of(10, 19), 100, NOW, NOW.plusSeconds(60));

        assertThat(recent.changedSince(NOW.plusSeconds(5), Set.of("a"))).isEmpty();
    }

    @Test
    void findsConversationsThatWereOpenedSinceATime() {
        add(0, 10, new ConversationReturned("a", "t", List.of("u")), NOW);
        add(0, 11, new ConversationReturned("b", "t", List.of("u", "v")), NOW.plusSeconds(10));
        add(0, 12, new ConversationReturned("c", "t", List.of("v")), NOW.plusSeconds(20));
        add(0, 13, new ConversationUpdated("d", "t", "u"), NOW.plusSeconds(20));

        assertThat(recent.openedSince(NOW.plusSeconds(5), U)).containsExactly("b");
        assertThat(recent.openedSince(NOW, U)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void showsMessagesAsTheNewestChangeLeavesThem() {
        MessageCreated created = new MessageCreated(message("m", "first", 0), "client");
        MessageEdited once = new MessageEdited(message("m", "second", 1));
        MessageEdited twice = new MessageEdited(message("m", "third", 2));
        add(0, 10, created, NOW);
        add(0, 11, once, NOW);
        add(0, 12, twice, NOW);

        assertThat(recent.messages().present(created)).contains(new MessageCreated(twice.message(), "client"));
        assertThat(recent.messages().present(once)).isEmpty();
        assertThat(recent.messages().present(twice)).contains(twice);
        MessageCreated other = new MessageCreated(message("n", "other", 0), null);
        assertThat(recent.messages().present(other)).contains(other);
    }

    @Test
    void forgetsTheStateOfMessagesWithTheirChanges() {
        add(0, 10, new MessageCreated(message("m", "first", 0), null), NOW);
        add(0, 11, new MessageEdited(message("m", "second", 1)), NOW);
        add(0, 12, new MessageEdited(message("m", "third", 2)), NOW.plusSeconds(60));
        assertThat(recent.messages().size()).isEqualTo(1);

        recent.trim(NOW.plusSeconds(121));
        assertThat(recent.messages().size()).isEqualTo(1);
        recent.trim(NOW.plusSeconds(200));

        assertThat(recent.messages().size()).isZero();
    }

    @Test
    void findsTheNewestMessageWhereNoneWasMissed() {
        MessageSnapshot first = message("m", "first", 0);
        MessageSnapshot second = message("n", "second", 0);
        add(0, 10, new MessageCreated(first, null), NOW);
        add(0, 11, new MessageCreated(second, null), NOW);
        add(0, 12, updated("a"), NOW);

        assertThat(recent.newestReceived(at(9, 19), U, Set.of("a"))).isEmpty();
        assertThat(recent.newestReceived(at(10, 19), U, Set.of("a"))).isEmpty();
        assertThat(recent.newestReceived(at(11, 19), U, Set.of("a"))).containsExactly(second);
        assertThat(recent.newestReceived(at(12, 19), U, Set.of("a", "b"))).containsExactly(second);
        assertThat(recent.newestReceived(at(11, 19).atPart(0, 0), U, Set.of("a")))
                .isEmpty();
        UserKey sender = new UserKey("t", "v");
        assertThat(recent.newestReceived(at(11, 19).atPart(0, 0), sender, Set.of("a")))
                .containsExactly(second);
        recent.trim(NOW.plusSeconds(200));
        assertThat(recent.newestReceived(at(12, 19), U, Set.of("a"))).isEmpty();
    }

    /** In conversation {@code a}. */
    private static MessageSnapshot message(String id, String text, long revision) {
        MessageRevision changes = revision == 0 ? null : new MessageRevision(revision, NOW, NOW, null, List.of(), null);
        return new MessageSnapshot(
                id,
                "t",
                "a",
                1,
                1,
                1,
                new UserSummary("v", "v", "V", null),
                SenderKind.USER,
                null,
                List.of(Block.Text.plain(text)),
                null,
                List.of(),
                NOW,
                changes);
    }

    private void add(int partition, long offset, ConversationEvent event, Instant at) {
        position = position.advance(partition, offset);
        recent.add(event, partition, offset, position, 100, at, at);
    }

    private List<Long> missed(StreamOffset from, String... conversations) {
        return recent.missed(from, U, List.of(conversations)).stream()
                .map(RecentEvent::offset)
                .toList();
    }

    private static StreamOffset at(long first, long second) {
        return StreamOffset.after(NOW, StreamPosition.of(first, second));
    }

    private static ConversationUpdated updated(String conversationId) {
        return new ConversationUpdated(conversationId, "t", null);
    }
}
