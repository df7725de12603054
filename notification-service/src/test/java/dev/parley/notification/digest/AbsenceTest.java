package dev.parley.notification.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When somebody who is away is due. */
class AbsenceTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final DigestSettings SETTINGS = TestSettings.defaults();

    private final Absence chosen = Absence.of("u", "t", NOON).wanted(6, NOON, SETTINGS);

    private static Instant after(long hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    @Test
    void isWhenTheUserHasBeenAwayForLongEnough() {
        assertThat(chosen.dueAt()).isEqualTo(after(6));
        assertThat(chosen.seen(after(2), SETTINGS).dueAt()).isEqualTo(after(8));
    }

    @Test
    void changesNothingWhereWhatIsHeardIsOld() {
        assertThat(chosen.seen(NOON, SETTINGS)).isSameAs(chosen);
        assertThat(chosen.seen(NOON.minusSeconds(1), SETTINGS)).isSameAs(chosen);
        assertThat(chosen.wanted(6, after(5), SETTINGS)).isSameAs(chosen);
    }

    @Test
    void isNeverAgainBeforeTheUserWasThereAgain() {
        Absence sent = chosen.sent(after(6));

        assertThat(sent.dueAt()).isNull();
        assertThat(sent.seen(NOON, SETTINGS).dueAt()).isNull();
        assertThat(sent.unwanted(after(7)).wanted(6, NOON, SETTINGS).dueAt()).isNull();
    }

    @Test
    void keepsTheIntervalHoweverOftenTheUserWasThere() {
        Absence back = chosen.sent(after(6)).seen(after(8), SETTINGS);

        assertThat(back.dueAt()).isEqualTo(after(30));
        assertThat(back.seen(after(40), SETTINGS).dueAt()).isEqualTo(after(46));
        assertThat(back.unwanted(after(9)).wanted(1, after(9), SETTINGS).dueAt())
                .isEqualTo(after(30));
    }

    @Test
    void isForgottenLongAfterTheUserWantsNone() {
        Absence off = chosen.unwanted(after(1));

        assertThat(off.dueAt()).isNull();
        assertThat(off.seen(after(2), SETTINGS).dueAt()).isNull();
        assertThat(off.expireAt()).isAfter(after(24 * 30));
        assertThat(off.wanted(6, after(3), SETTINGS).expireAt()).isNull();
    }

    @Test
    void remembersThatAnEmailWasBegunUntilTheUserWasThereAgain() {
        Absence begun = chosen.begin(after(6), after(7));

        assertThat(begun.unwanted(after(7)).wanted(6, NOON, SETTINGS).begunAt()).isEqualTo(after(6));
        assertThat(begun.notTaken(after(8)).begunAt()).isNull();
        Absence back = begun.seen(after(7), SETTINGS);
        assertThat(back.begunAt()).isNull();
        assertThat(back.dueAt()).isEqualTo(after(30));
    }

    @Test
    void isNotAgainWhereAnEmailMayHaveBeenSent() {
        Absence interrupted = chosen.begin(after(6), after(7)).interrupted();

        assertThat(interrupted.dueAt()).isNull();
        assertThat(interrupted.unwanted(after(8)).wanted(6, NOON, SETTINGS).dueAt())
                .isNull();
        assertThat(interrupted.seen(after(8), SETTINGS).dueAt()).isEqualTo(after(30));
    }

    @Test
    void isNeverWhileTheUserWantsNone() {
        assertThat(chosen.unwanted(after(1)).notTaken(after(2)).dueAt()).isNull();
    }

    @Test
    void waitsLongerWithEachTry() {
        assertThat(List.of(SETTINGS.delayAfter(1), SETTINGS.delayAfter(2), SETTINGS.delayAfter(3)))
                .containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(20));
    }
}
