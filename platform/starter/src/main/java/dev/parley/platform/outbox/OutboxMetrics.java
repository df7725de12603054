package dev.parley.platform.outbox;

import dev.parley.platform.event.PendingEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What waits in the outboxes of a service and what leaves them, as metrics. The sweeper samples what waits. */
final class OutboxMetrics {

    private static final String COLLECTION = "collection";

    /** @param oldest since when the oldest waits; null where nothing does */
    record Backlog(long documents, @Nullable Instant oldest, long setAside) {

        private static final Backlog NONE = new Backlog(0, null, 0);

        private double ageInSeconds() {
            return oldest == null
                    ? 0
                    : Math.max(0, Duration.between(oldest, Instant.now()).toMillis() / 1000.0);
        }
    }

    private record Meters(Counter published, Counter failed, Timer delay) {}

    private final Map<String, Backlog> backlogs = new ConcurrentHashMap<>();
    private final Map<String, Meters> meters;

    OutboxMetrics(MeterRegistry registry, List<OutboxSource> sources) {
        this.meters = sources.stream()
                .map(OutboxSource::collection)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        collection -> collection, collection -> registered(registry, collection)));
    }

    private Meters registered(MeterRegistry registry, String collection) {
        Tags tags = Tags.of(COLLECTION, collection);
        Gauge.builder("parley.outbox.backlog", () -> backlog(collection).documents())
                .description("Documents with events that are not known to be published, counted up to a bound")
                .tags(tags)
                .register(registry);
        TimeGauge.builder("parley.outbox.oldest", () -> backlog(collection).ageInSeconds(), TimeUnit.SECONDS)
                .description("How long the oldest document with events that are not known to be published waits")
                .tags(tags)
                .register(registry);
        Gauge.builder("parley.outbox.set-aside", () -> backlog(collection).setAside())
                .description("Documents that could not be published several times, and are tried at long intervals")
                .tags(tags)
                .register(registry);
        return new Meters(
                Counter.builder("parley.outbox.published")
                        .description("Events that the broker stored")
                        .tags(tags)
                        .register(registry),
                Counter.builder("parley.outbox.failed")
                        .description("Documents whose events could not be published, each time that it was tried")
                        .tags(tags)
                        .register(registry),
                Timer.builder("parley.outbox.delay")
                        .description("From when an event was stored until it was published")
                        .tags(tags)
                        .register(registry));
    }

    private Backlog backlog(String collection) {
        return backlogs.getOrDefault(collection, Backlog.NONE);
    }

    void sampled(OutboxSource source, Backlog backlog) {
        backlogs.put(source.collection(), backlog);
    }

    void published(OutboxSource source, List<PendingEvent> events) {
        Meters known = meters.get(source.collection());
        if (known != null) {
            Instant now = Instant.now();
            known.published().increment(events.size());
            events.forEach(event -> known.delay().record(Duration.between(event.time(), now)));
        }
    }

    void failed(OutboxSource source) {
        Meters known = meters.get(source.collection());
        if (known != null) {
            known.failed().increment();
        }
    }
}
