package dev.parley.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeLeasesTest {

    private static final int LEASE = 6;
    private static final int GRACE = 3;

    private final NodeLeases leases = new NodeLeases(LEASE, GRACE);

    @Test
    void expiresTheLeaseOfANodeThatIsSilentForTooLong() {
        leases.renew("a", at(1));
        leases.renew("b", at(1));
        for (int tick = 1; tick <= LEASE; tick++) {
            assertThat(leases.tick()).isEmpty();
            assertThat(leases.renew("b", at(1 + tick))).isFalse();
        }

        assertThat(leases.tick()).containsExactly(new NodeLeases.ExpiredLease("a", at(1)));
        assertThat(leases.tick()).isEmpty();
        assertThat(leases.nodes()).containsExactly("b");
    }

    @Test
    void expiresNoLeaseWhileNoHeartbeatIsReadBack() {
        leases.renew("a", at(1));
        ticks(LEASE);

        // However much time has passed.
        leases.renew("a", at(100_000));

        assertThat(leases.tick()).isEmpty();
    }

    @Test
    void reportsOnceThatANodeIsBackAfterItsLeaseExpired() {
        leases.renew("a", at(1));
        ticks(LEASE);
        leases.tick();

        assertThat(leases.renew("a", at(9))).isTrue();
        assertThat(leases.renew("a", at(10))).isFalse();
        ticks(LEASE);
        assertThat(leases.tick()).containsExactly(new NodeLeases.ExpiredLease("a", at(10)));
    }

    @Test
    void expiresTheLeaseOfAStoppedNodeAfterTheGrace() {
        leases.renew("a", at(1));
        leases.stopped("a", at(2));
        for (int tick = 0; tick < GRACE; tick++) {
            assertThat(leases.tick()).isEmpty();
            // Events about its users, published before it stopped.
            leases.renew("a", at(3));
            // An earlier heartbeat, read late in another partition.
            leases.restarted("a", at(1));
        }

        assertThat(leases.tick()).containsExactly(new NodeLeases.ExpiredLease("a", at(2)));
    }

    @Test
    void keepsTheLeaseOfANodeThatRunsAgain() {
        leases.stopped("a", at(2));
        leases.renew("a", at(3));
        leases.restarted("a", at(3));

        for (int tick = 0; tick < 2 * LEASE; tick++) {
            assertThat(leases.tick()).isEmpty();
            leases.renew("a", at(4 + tick));
        }
    }

    @Test
    void theLiveNodeWithTheLowestIdIsTheFirst() {
        assertThat(leases.isFirst("b")).isTrue();
        leases.renew("a", at(1));
        leases.renew("c", at(1));
        assertThat(leases.isFirst("b")).isFalse();

        // A node that was silent for some ticks may be dead already.
        ticks(3);
        leases.renew("c", at(2));

        assertThat(leases.isFirst("b")).isTrue();
        leases.renew("a", at(3));
        leases.stopped("a", at(4));
        assertThat(leases.isFirst("b")).isTrue();
    }

    private void ticks(int count) {
        for (int tick = 0; tick < count; tick++) {
            assertThat(leases.tick()).isEmpty();
        }
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }
}
