package dev.parley.conversation.membership.saga;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Membership changes that are under way, and what the sweeper does with those that were left, as metrics. */
@Component
final class PendingChangeMetrics {

    /** @param oldest when the oldest of them was begun; null if there is none */
    record UnderWay(long changes, @Nullable Instant oldest) {

        private double ageInSeconds() {
            return oldest == null
                    ? 0
                    : Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / 1000.0);
        }
    }

    private final Counter swept;
    private final Counter failed;
    private volatile UnderWay underWay = new UnderWay(0, null);

    PendingChangeMetrics(MeterRegistry meters) {
        Gauge.builder("parley.memberships.pending", () -> underWay.changes())
                .description("Membership changes under way in all instances, when the sweeper last looked")
                .register(meters);
        TimeGauge.builder("parley.memberships.oldest", () -> underWay.ageInSeconds(), TimeUnit.SECONDS)
                .description("How long ago the oldest membership change under way was begun")
                .register(meters);
        this.swept = Counter.builder("parley.memberships.swept")
                .description("Membership changes that were left, and that the sweeper completed")
                .register(meters);
        this.failed = Counter.builder("parley.memberships.failed")
                .description("Membership changes that the sweeper could not complete, each time that it tried")
                .register(meters);
    }

    void sampled(UnderWay sample) {
        underWay = sample;
    }

    void swept() {
        swept.increment();
    }

    void failed() {
        failed.increment();
    }
}
