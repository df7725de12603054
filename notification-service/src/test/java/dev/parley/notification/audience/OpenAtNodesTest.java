package dev.parley.notification.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenAtNodesTest {

    private static final Duration SILENCE = Duration.ofSeconds(8);

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    private final OpenAtNodes open = new OpenAtNodes(
            new AudienceSettings(
                    false, Duration.ofSeconds(1), Duration.ofSeconds(30), 500, Duration.ofSeconds(10), SILENCE, 100),
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }
            });

    @Test
    void whatIsOpenAtASilentNodeIsClosedUntilItIsAskedAgain() {
        assertThat(open.heard("n")).isTrue();
        open.told("n", "ann", List.of("c"));
        assertThat(open.heard("n")).isFalse();
        now = now.plus(SILENCE);
        assertThat(open.isOpen("ann", "c")).isTrue();

        now = now.plusMillis(1);
        assertThat(open.isOpen("ann", "c")).isFalse();
        open.forgetSilent();

        assertThat(open.heard("n")).isTrue();
        assertThat(open.isOpen("ann", "c")).isFalse();
    }

    @Test
    void whatIsOpenAtAnyNodeIsOpen() {
        open.heard("m");
        open.heard("n");
        open.told("m", "ann", List.of("c"));
        open.told("n", "ann", List.of("d"));
        open.told("m", "ann", List.of());

        assertThat(open.isOpen("ann", "c")).isFalse();
        assertThat(open.isOpen("ann", "d")).isTrue();
        assertThat(open.isOpen("bob", "d")).isFalse();
        open.forget("n");
        assertThat(open.isOpen("ann", "d")).isFalse();
    }

    @Test
    void remembersSoManyUsersAndNoMore() {
        open.heard("n");
        IntStream.range(0, 1_000).forEach(i -> open.told("n", "u" + i, List.of("c")));

        long known =
                IntStream.range(0, 1_000).filter(i -> open.isOpen("u" + i, "c")).count();

        assertThat(known).isLessThanOrEqualTo(100);
    }
}
