package dev.parley.conversation.unread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.Conversation.Progress;
import dev.parley.conversation.Conversation.Progress.Tombstone;
import dev.parley.conversation.Membership.Reading;
import dev.parley.events.CountStart;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadCountTest {

    @Test
    void countsWhatIsAfterThePointer() {
        assertThat(count(reading(0, 0, 0, 0), progress(10))).isEqualTo(10);
        assertThat(count(reading(0, 5, 4, 0), progress(10))).isEqualTo(6);
        assertThat(count(reading(0, 12, 10, 0), progress(10))).isZero();
    }

    @Test
    void leavesOnesOwnOut() {
        assertThat(count(reading(3, 0, 0, 0), progress(10))).isEqualTo(7);
        assertThat(count(reading(3, 5, 4, 1), progress(10))).isEqualTo(4);
    }

    @Test
    void leavesDeletedOnesOutEachOnce() {
        Progress deleted = progress(10, new Tombstone(4, "bob"), new Tombstone(7, "bob"), new Tombstone(8, "me"));

        assertThat(count(reading(1, 5, 5, 0), deleted)).isEqualTo(3);
        assertThat(count(reading(1, 5, 5, 0, 7L, 9L), deleted)).isEqualTo(2);
        assertThat(count(reading(1, 0, 0, 0, 7L, 9L), deleted)).isEqualTo(6);
    }

    @Test
    void beginsWhereTheHistoryWasClearedIfThatIsFurther() {
        Progress deleted = progress(10, new Tombstone(4, "bob"), new Tombstone(9, "bob"));

        assertThat(count(cleared(reading(2, 1, 1, 0, 5L), 7, 7, 1), deleted)).isEqualTo(1);
        assertThat(count(cleared(reading(2, 8, 8, 1), 7, 7, 1), deleted)).isZero();
        assertThat(count(cleared(reading(0, 1, 1, 0), 12, 10, 0), deleted)).isZero();
    }

    @Test
    void isNeverLessThanNothing() {
        assertThat(count(reading(5, 12, 12, 6), progress(10))).isZero();
        assertThat(count(reading(0, 0, 0, 0, 1L, 2L), progress(1))).isZero();
    }

    private static long count(Reading reading, Progress progress) {
        return UnreadCount.count(reading, "me", progress);
    }

    private static Reading reading(long sent, long readSeq, long readOrdinal, long readSent, Long... hidden) {
        return new Reading(
                sent,
                readSeq,
                readOrdinal,
                readSent,
                null,
                null,
                0,
                null,
                List.of(),
                List.of(hidden),
                null,
                null,
                null);
    }

    private static Reading cleared(Reading reading, long seq, long ordinal, long sent) {
        return new Reading(
                reading.sentOrdinal(),
                reading.readSeq(),
                reading.readOrdinal(),
                reading.readSentOrdinal(),
                null,
                null,
                0,
                null,
                List.of(),
                reading.hiddenSeqs(),
                new CountStart(seq, ordinal, sent),
                null,
                null);
    }

    private static Progress progress(long lastOrdinal, Tombstone... tombstones) {
        return new Progress(lastOrdinal, List.of(tombstones), 0, 0);
    }
}
