package dev.parley.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeLeasesTest {

    private static final int LEASE = 6;
    private static final int GRACE = 3;

    private final NodeLeases leases = new NodeLeases(LEASE, GRACE);

    @Test
    void givesUpANodeThatIsSilentForLongerThanItsLease() {
        leases.heard("a", at(1));
        leases.heard("b", at(1));
        for (int beat = 1; beat <= LEASE; beat++) {
            assertThat(leases.beat()).isEmpty();
            assertThat(leases.heard("b", at(1 + beat))).isFalse();
        }

        assertThat(leases.beat()).containsExactly(new NodeLeases.Ended("a", at(1)));
        assertThat(leases.beat()).isEmpty();
        assertThat(leases.others()).containsExactly("b");
    }

    @Test
    void nobodyIsGivenUpWhileNoBeatComesBack() {
        leases.heard("a", at(1));
        beats(LEASE);

        // However late it is.
        leases.heard("a", at(100_000));

        assertThat(leases.beat()).isEmpty();
    }

    @Test
    void saysOnceThatOneGivenUpIsThereAgain() {
        leases.heard("a", at(1));
        beats(LEASE);
        leases.beat();

        assertThat(leases.heard("a", at(9))).isTrue();
        assertThat(leases.heard("a", at(10))).isFalse();
        beats(LEASE);
        assertThat(leases.beat()).containsExactly(new NodeLeases.Ended("a", at(10)));
    }

    @Test
    void oneThatLeftIsOverAfterTheGraceSinceItLeft() {
        leases.heard("a", at(1));
        leases.left("a", at(2));
        for (int beat = 0; beat < GRACE; beat++) {
            assertThat(leases.beat()).isEmpty();
            // What it had said of its users before.
            leases.heard("a", at(3));
            // Read late, in another partition.
            leases.back("a", at(1));
        }

        assertThat(leases.beat()).containsExactly(new NodeLeases.Ended("a", at(2)));
    }

    @Test
    void oneThatRunsAgainIsNotOver() {
        leases.left("a", at(2));
        leases.heard("a", at(3));
        leases.back("a", at(3));

        for (int beat = 0; beat < 2 * LEASE; beat++) {
            assertThat(leases.beat()).isEmpty();
            leases.heard("a", at(4 + beat));
        }
    }

    @Test
    void theFirstOfThoseWhoAreThereActsForAll() {
        assertThat(leases.isFirst("b")).isTrue();
        leases.heard("a", at(1));
        leases.heard("c", at(1));
        assertThat(leases.isFirst("b")).isFalse();

        // It may be gone with the one that is given up just now.
        beats(3);
        leases.heard("c", at(2));

        assertThat(leases.isFirst("b")).isTrue();
        leases.heard("a", at(3));
        leases.left("a", at(4));
        assertThat(leases.isFirst("b")).isTrue();
    }

    private void beats(int count) {
        for (int beat = 0; beat < count; beat++) {
            assertThat(leases.beat()).isEmpty();
        }
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
