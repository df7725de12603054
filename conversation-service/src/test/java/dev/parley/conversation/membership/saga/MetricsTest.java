package dev.parley.conversation.membership.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.MembershipTestCase;
import dev.parley.conversation.StubSystemMessages;
import dev.parley.conversation.StubSystemMessages.Outcome;
import dev.parley.platform.test.DocumentedMetrics;
import dev.parley.platform.test.Until;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the metrics say after real traffic. Other tests use the same service, so only differences count. */
class MetricsTest extends MembershipTestCase {

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private PendingChangeSweeper sweeper;

    @Test
    void areNamedOnThePageOfAllMetrics() throws IOException {
        DocumentedMetrics.assertNamed(meters);
    }

    @Test
    void showsChangesUnderWayAndWhatTheSweeperDidWithThem() {
        sweeper.sweep(Duration.ZERO).block();
        double pending = gauge("parley.memberships.pending");
        double swept = count("parley.memberships.swept");
        double failed = count("parley.memberships.failed");
        String group = group(bob);
        StubSystemMessages.next(group, Outcome.FAILS_BEFORE_STORING, Outcome.FAILS_BEFORE_STORING);
        assertThat(add(alice, group, carol).status()).isEqualTo(503);

        sweeper.sweep(Duration.ZERO).block();

        assertThat(count("parley.memberships.failed") - failed).isEqualTo(1);
        assertThat(gauge("parley.memberships.pending") - pending).isEqualTo(1);
        assertThat(gauge("parley.memberships.oldest")).isPositive();

        sweeper.sweep(Duration.ZERO).block();

        assertThat(count("parley.memberships.swept") - swept).isEqualTo(1);
        assertThat(gauge("parley.memberships.pending")).isEqualTo(pending);
    }

    @Test
    void timesAnswersByWhatWasAsked() {
        String group = group(bob);
        long lists = answers("list", "ok");
        long unread = answers("unread", "ok");
        long access = answers("access", "ok");
        long refused = answers("access", "refused");

        as(alice).get(BASE);
        as(alice).get(BASE + "/unread");
        access(alice, group);
        access(dave, group);

        Until.satisfied(() -> assertThat(answers("list", "ok") - lists).isEqualTo(1));
        Until.satisfied(() -> assertThat(answers("unread", "ok") - unread).isEqualTo(1));
        Until.satisfied(() -> assertThat(answers("access", "ok") - access).isEqualTo(1));
        Until.satisfied(() -> assertThat(answers("access", "refused") - refused).isEqualTo(1));
    }

    private double gauge(String name) {
        sweeper.sample().block();
        return meters.get(name).gauge().value();
    }

    private double count(String name) {
        return meters.get(name).counter().count();
    }

    private long answers(String what, String outcome) {
        return meters.find("parley.conversations.answers").tag("for", what).tag("outcome", outcome).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
