package dev.parley.presence.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.presence.routing.InboxProgress.Answer;
import dev.parley.presence.stream.StreamPosition;
import org.junit.jupiter.api.Test;

class InboxProgressTest {

    private static final int LOADED = 10;

    private final InboxProgress progress = new InboxProgress(2);
    private final StreamPosition reached = StreamPosition.of(100, 100);

    @Test
    void anInterestHoldsWhenTheRoutersOfAllPartitionsKnowOfIt() {
        progress.advance(at(0, 1, LOADED, 100), 11);
        assertThat(progress.answer(11, reached)).isEqualTo(Answer.NOT_YET);
        progress.advance(at(1, 1, LOADED, 100), 10);
        assertThat(progress.answer(11, reached)).isEqualTo(Answer.NOT_YET);

        progress.advance(at(1, 1, LOADED, 100), 11);

        assertThat(progress.answer(11, reached)).isEqualTo(Answer.YES);
    }

    @Test
    void aRouterThatBeganAgainMustFirstComeAsFarAsThisNode() {
        progress.advance(at(0, 1, LOADED, 100), 11);
        progress.advance(at(1, 2, LOADED, 80), 11);
        assertThat(progress.answer(11, reached)).isEqualTo(Answer.NOT_YET);

        progress.advance(at(1, 2, LOADED, 100), 11);

        assertThat(progress.answer(11, reached)).isEqualTo(Answer.YES);
    }

    @Test
    void asksAgainWhomTheNewRouterWroteNothingThatIsRecent() {
        progress.advance(at(0, 1, LOADED, 100), 11);

        progress.advance(at(1, 2, 11, 100), 11);

        assertThat(progress.answer(11, reached)).isEqualTo(Answer.ASK_AGAIN);
    }

    @Test
    void takesNothingOfARouterThatHasThePartitionNoMore() {
        progress.advance(at(0, 2, LOADED, 100), 11);

        assertThat(progress.isOutdated(0, 1)).isTrue();
        assertThat(progress.advance(at(0, 1, LOADED, 200), 50)).isFalse();
        assertThat(progress.isOutdated(0, 2)).isFalse();
        assertThatExceptionOfType(InboxLostException.class).isThrownBy(() -> progress.isOutdated(0, 3));
        assertThatExceptionOfType(InboxLostException.class).isThrownBy(() -> progress.isOutdated(1, 1));
    }

    /** The old one did not know yet that it was none any more, and let a session in. */
    @Test
    void beginsAgainWhenTheNewRouterKnowsLessThanTheOldOneAnswered() {
        progress.advance(at(0, 1, LOADED, 100), 12);
        progress.advance(at(1, 1, LOADED, 100), 12);
        assertThat(progress.answer(12, reached)).isEqualTo(Answer.YES);

        progress.advance(at(0, 2, 12, 100), 12);
        assertThatExceptionOfType(InboxLostException.class).isThrownBy(() -> progress.advance(at(1, 2, 11, 100), 13));
    }

    private static Progress.OfPartition at(int partition, int generation, long loaded, long position) {
        return new Progress.OfPartition(partition, generation, loaded, position, 0);
    }
}
