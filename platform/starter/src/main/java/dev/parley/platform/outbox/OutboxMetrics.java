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

    private final Map<String, Backlog> backlogs = new ConcurrentHashMap<>();
    private final Map<String, Counter> published = new ConcurrentHashMap<>();
    private final Map<String, Counter> failed = new ConcurrentHashMap<>();
    private final Map<String, Timer> delays = new ConcurrentHashMap<>();

    OutboxMetrics(MeterRegistry meters, List<OutboxSource> sources) {
        sources.stream().map(OutboxSource::collection).forEach(collection -> register(meters, collection));
    }

    private void register(MeterRegistry meters, String collection) {
        Tags tags = Tags.of(COLLECTION, collection);
        Gauge.builder("parley.outbox.backlog", () -> backlog(collection).documents())
                .description("Documents with events that are not known to be published, counted up to a bound")
                .tags(tags)
                .register(meters);
        TimeGauge.builder("parley.outbox.oldest", () -> backlog(collection).ageInSeconds(), TimeUnit.SECONDS)
                .description("How long the oldest of them waits")
                .tags(tags)
                .register(meters);
        Gauge.builder("parley.outbox.set-aside", () -> backlog(collection).setAside())
                .description("Documents that could not be published several times, and are tried at long intervals")
                .tags(tags)
                .register(meters);
        published.put(
                collection,
                Counter.builder("parley.outbox.published")
                        .description("Events that the broker stored")
                        .tags(tags)
                        .register(meters));
        failed.put(
                collection,
                Counter.builder("parley.outbox.failed")
                        .description("Documents whose events could not be published, each time that it was tried")
                        .tags(tags)
                        .register(meters));
        delays.put(
                collection,
                Timer.builder("parley.outbox.delay")
                        .description("From when an event was stored until it was published")
                        .tags(tags)
                        .register(meters));
    }

    private Backlog backlog(String collection) {
        return backlogs.getOrDefault(collection, Backlog.NONE);
    }

    void sampled(OutboxSource source, Backlog backlog) {
        backlogs.put(source.collection(), backlog);
    }

    void published(OutboxSource source, List<PendingEvent> events) {
        Counter count = published.get(source.collection());
        Timer delay = delays.get(source.collection());
        if (count != null && delay != null) {
            Instant now = Instant.now();
            count.increment(events.size());
            events.forEach(event -> delay.record(Duration.between(event.time(), now)));
        }
    }

    void failed(OutboxSource source) {
        Counter count = failed.get(source.collection());
        if (count != null) {
            count.increment();
        }
    }
}
