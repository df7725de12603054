package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** What becomes of pushes, as metrics. */
@Component
final class PushMetrics {

    private final MeterRegistry meters;
    private final Map<ProviderName, AtomicLong> waiting = new EnumMap<>(ProviderName.class);
    private final Map<ProviderName, AtomicLong> oldest = new EnumMap<>(ProviderName.class);

    PushMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (ProviderName provider : ProviderName.values()) {
            AtomicLong count = new AtomicLong();
            AtomicLong age = new AtomicLong();
            waiting.put(provider, count);
            oldest.put(provider, age);
            Gauge.builder("parley.notification.queue.waiting", count, AtomicLong::get)
                    .description("Pushes whose turn has come, counted up to a bound")
                    .tag("provider", provider.wireName())
                    .register(meters);
            Gauge.builder("parley.notification.queue.age", age, millis -> millis.get() / 1_000.0)
                    .description("How long the push has been due that has been for the longest time")
                    .baseUnit("seconds")
                    .tag("provider", provider.wireName())
                    .register(meters);
        }
    }

    /** @param age zero if nothing waits */
    void queue(ProviderName provider, long pushes, Duration age) {
        gauge(waiting, provider).set(pushes);
        gauge(oldest, provider).set(age.toMillis());
    }

    private static AtomicLong gauge(Map<ProviderName, AtomicLong> gauges, ProviderName provider) {
        AtomicLong gauge = gauges.get(provider);
        if (gauge == null) {
            throw new IllegalArgumentException(provider.wireName());
        }
        return gauge;
    }

    /** What was noted of a push. */
    void noted(PushResult result) {
        PushStatus status = result.status();
        ProviderName provider = result.push().provider();
        became(provider, status);
        if (status == PushStatus.SUPPRESSED && result.reason() != null) {
            suppressed(provider, result.reason(), 1);
        }
    }

    /** What a push is now. */
    void became(ProviderName provider, PushStatus status) {
        Counter.builder("parley.notification.pushes")
                .description("What became of pushes; one that is sent again counts as retried each time")
                .tags(
                        "provider",
                        provider.wireName(),
                        "outcome",
                        status == PushStatus.WAITING ? "retried" : status.wireName())
                .register(meters)
                .increment();
    }

    void suppressed(ProviderName provider, String reason, int pushes) {
        Counter.builder("parley.notification.suppressed")
                .description("Pushes that were not to be sent, by the reason")
                .tags("provider", provider.wireName(), "reason", reason)
                .register(meters)
                .increment(pushes);
    }

    void retired(ProviderName provider) {
        Counter.builder("parley.notification.retired")
                .description("Devices whose address was good no more")
                .tags("provider", provider.wireName())
                .register(meters)
                .increment();
    }

    /** @param sentAt when what the push tells of happened */
    void accepted(ProviderName provider, Instant sentAt) {
        Duration latency = Duration.between(sentAt, Instant.now());
        Timer.builder("parley.notification.latency")
                .description("From when something happened until the provider took the push that tells of it")
                .tags("provider", provider.wireName())
                .publishPercentileHistogram()
                .register(meters)
                .record(latency.isNegative() ? Duration.ZERO : latency);
    }

    /** Times a batch as the provider takes it. */
    Timer sends(ProviderName provider, boolean answered) {
        return Timer.builder("parley.notification.sends")
                .description("Time until a provider answers a batch of pushes")
                .tags("provider", provider.wireName(), "outcome", answered ? "answered" : "failed")
                .publishPercentileHistogram()
                .register(meters);
    }
}
