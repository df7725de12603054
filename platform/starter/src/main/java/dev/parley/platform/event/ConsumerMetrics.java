package dev.parley.platform.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.RetryListener;

/** What one subscription does, as metrics. */
final class ConsumerMetrics implements RetryListener {

    private static final String NO_GROUP = "none";

    private final MeterRegistry meters;
    private final Tags tags;
    private final Counter handled;
    private final Counter skipped;
    private final Counter givenUp;
    private final Timer batches;
    private final AtomicInteger retrying = new AtomicInteger();

    /** @param name of the subscription: several of one service may read the same topic */
    ConsumerMetrics(MeterRegistry meters, String name, EventSubscription subscription) {
        String group = subscription.group();
        this.meters = meters;
        this.tags =
                Tags.of("subscription", name, "topic", subscription.topic(), "group", group == null ? NO_GROUP : group);
        this.handled = Counter.builder("parley.consumers.handled")
                .description("Events that were handled")
                .tags(tags)
                .register(meters);
        this.skipped = Counter.builder("parley.consumers.skipped")
                .description("Events of a type that this version does not know")
                .tags(tags)
                .register(meters);
        this.givenUp = Counter.builder("parley.consumers.dead")
                .description(
                        "Events that could not be handled, and are on the dead-letter topic or, without a group, in the log")
                .tags(tags)
                .register(meters);
        this.batches = Timer.builder("parley.consumers.batch")
                .description("How long a batch of events takes")
                .tags(tags)
                .register(meters);
        Gauge.builder("parley.consumers.retrying", retrying, AtomicInteger::get)
                .description("1 while events are tried again")
                .tags(tags)
                .register(meters);
    }

    /** From what the Kafka client knows anyway. */
    void measureLag(AbstractMessageListenerContainer<?, ?> container) {
        Gauge.builder("parley.consumers.lag", container, ConsumerMetrics::lag)
                .description("Records of the topic that this instance has yet to read")
                .tags(tags)
                .register(meters);
    }

    private static double lag(AbstractMessageListenerContainer<?, ?> container) {
        return container.metrics().values().stream()
                .flatMap(client -> client.entrySet().stream())
                .filter(metric -> metric.getKey().name().equals("records-lag"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .filter(lag -> !Double.isNaN(lag))
                .sum();
    }

    void handled(int count, int unknown, Duration time) {
        handled.increment(count);
        skipped.increment(unknown);
        batches.record(time);
        retrying.set(0);
    }

    void givenUp() {
        givenUp.increment();
        retrying.set(0);
    }

    @Override
    public void failedDelivery(ConsumerRecord<?, ?> message, @Nullable Exception failure, int attempt) {
        retrying.set(1);
    }

    @Override
    public void failedDelivery(ConsumerRecords<?, ?> messages, Exception failure, int attempt) {
        retrying.set(1);
    }
}
