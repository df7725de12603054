package dev.parley.platform.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.support.TopicPartitionOffset;

/** Runs the event subscriptions of a service for as long as the service runs. */
public final class EventConsumers implements SmartLifecycle {

    private static final long ADMIN_TIMEOUT_SECONDS = 30;

    private final List<EventSubscription> subscriptions;
    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaAdmin admin;
    private final FailedEvents failedEvents;
    private final EventCodec codec;
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers = new ArrayList<>();
    private volatile boolean running;

    EventConsumers(
            List<EventSubscription> subscriptions,
            ConsumerFactory<String, byte[]> consumers,
            KafkaAdmin admin,
            KafkaTemplate<String, byte[]> deadLetters,
            EventCodec codec) {
        this.subscriptions = subscriptions;
        this.consumers = consumers;
        this.admin = admin;
        this.failedEvents = new FailedEvents(deadLetters);
        this.codec = codec;
    }

    @Override
    public void start() {
        subscriptions.forEach(subscription -> containers.add(started(subscription)));
        running = true;
    }

    private ConcurrentMessageListenerContainer<String, byte[]> started(EventSubscription subscription) {
        String group = subscription.group();
        ContainerProperties properties =
                group == null ? fromNowOn(subscription.topic()) : new ContainerProperties(subscription.topic());
        if (group != null) {
            properties.setGroupId(group);
        }
        properties.setMessageListener(new EventBatchListener(subscription.handler(), codec));
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName((group == null ? "broadcast" : group) + "-" + subscription.topic());
        container.setCommonErrorHandler(failedEvents.handler(group));
        container.start();
        return container;
    }

    /** Every partition from its present end: fixed here, so that nothing is missed while the reader warms up. */
    private ContainerProperties fromNowOn(String topic) {
        try (Admin client = Admin.create(admin.getConfigurationProperties())) {
            TopicDescription description = Objects.requireNonNull(client.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .get(topic));
            Map<TopicPartition, OffsetSpec> ends = description.partitions().stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition.partition()),
                            partition -> OffsetSpec.latest()));
            var offsets = client.listOffsets(ends).all().get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return new ContainerProperties(offsets.entrySet().stream()
                    .map(end -> new TopicPartitionOffset(
                            topic, end.getKey().partition(), end.getValue().offset()))
                    .toArray(TopicPartitionOffset[]::new));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting for Kafka", stopped);
        } catch (ExecutionException | TimeoutException unreachable) {
            throw new IllegalStateException("Kafka does not tell where " + topic + " ends", unreachable);
        }
    }

    @Override
    public void stop() {
        running = false;
        containers.forEach(ConcurrentMessageListenerContainer::stop);
        containers.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /**
     * Before the web server: who connects is answered from what is stored, and hears of all that comes after. What came
     * between the answer and the place where a reader begins would be heard of by nobody. After it when the service stops.
     */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
