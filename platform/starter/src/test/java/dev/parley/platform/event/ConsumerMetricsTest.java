package dev.parley.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class ConsumerMetricsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void subscriptionsToOneTopicAreMeasuredApart() {
        ConsumerMetrics names = metrics("names");
        ConsumerMetrics privacy = metrics("privacy");

        names.handled(2, 0, Duration.ZERO);
        privacy.failedDelivery(new ConsumerRecord<>(Topics.USERS, 0, 0, "key", new byte[0]), null, 1);

        assertThat(handled("names")).isEqualTo(2);
        assertThat(handled("privacy")).isZero();
        assertThat(retrying("names")).isZero();
        assertThat(retrying("privacy")).isEqualTo(1);
    }

    private ConsumerMetrics metrics(String name) {
        return new ConsumerMetrics(meters, name, EventSubscription.broadcast(Topics.USERS, batch -> Mono.empty()));
    }

    private double handled(String name) {
        return meters.get("parley.consumers.handled")
                .tag("subscription", name)
                .counter()
                .count();
    }

    private double retrying(String name) {
        return meters.get("parley.consumers.retrying")
                .tag("subscription", name)
                .gauge()
                .value();
    }
}
