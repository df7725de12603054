package dev.parley.platform.event;

import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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

    /** What Kafka answers where a partition has no record since a time. */
    private static final long NONE_SINCE = -1;

    private final Map<String, EventSubscription> subscriptions;
    private final ConsumerFactory<String, byte[]> consumers;
    private final KafkaAdmin admin;
    private final ConsumerErrorHandlers errorHandlers;
    private final MeterRegistry meters;
    private final EventCodec codec;
    private final Tracing tracing;
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers = new ArrayList<>();
    private volatile boolean running;

    /** @param subscriptions by their names */
    EventConsumers(
            Map<String, EventSubscription> subscriptions,
            ConsumerFactory<String, byte[]> consumers,
            KafkaAdmin admin,
            KafkaTemplate<String, byte[]> deadLetters,
            EventCodec codec,
            ConsumerSettings settings,
            MeterRegistry meters,
            Tracing tracing) {
        this.tracing = tracing;
        this.subscriptions = subscriptions;
        this.consumers = consumers;
        this.admin = admin;
        this.errorHandlers = new ConsumerErrorHandlers(deadLetters, settings);
        this.meters = meters;
        this.codec = codec;
    }

    @Override
    public void start() {
        subscriptions.forEach((name, subscription) -> containers.add(started(name, subscription)));
        running = true;
    }

    private ConcurrentMessageListenerContainer<String, byte[]> started(String name, EventSubscription subscription) {
        String group = subscription.group();
        ContainerProperties properties =
                group == null ? all(subscription) : new ContainerProperties(subscription.topic());
        if (group != null) {
            properties.setGroupId(group);
            properties.setKafkaConsumerProperties(instance(consumers, name));
        }
        ConsumerMetrics metrics = new ConsumerMetrics(meters, name, subscription);
        properties.setMessageListener(
                new EventBatchListener(new TracedHandler(subscription.handler(), tracing, name), codec, metrics));
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName(name);
        container.setCommonErrorHandler(errorHandlers.of(subscription, metrics));
        metrics.measureLag(container);
        container.start();
        return container;
    }

    /** Where members of groups have fixed names, two subscriptions of a service with one group are two members. */
    public static Properties instance(ConsumerFactory<?, ?> consumers, String name) {
        Properties own = new Properties();
        Object service = consumers.getConfigurationProperties().get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        if (service != null) {
            own.setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, service + "-" + name);
        }
        return own;
    }

    /** Every partition from a place on that is fixed here, so that nothing is missed while the reader warms up. */
    private ContainerProperties all(EventSubscription subscription) {
        String topic = subscription.topic();
        Map<Integer, PartitionRange> ranges = ranges(topic, subscription.lookBack());
        subscription.handler().onStart(topic, ranges);
        return new ContainerProperties(ranges.entrySet().stream()
                .map(range -> new TopicPartitionOffset(
                        topic, range.getKey(), range.getValue().next()))
                .toArray(TopicPartitionOffset[]::new));
    }

    private Map<Integer, PartitionRange> ranges(String topic, Duration lookBack) {
        try (Admin client = Admin.create(admin.getConfigurationProperties())) {
            TopicDescription description = Objects.requireNonNull(client.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .get(topic));
            Map<Integer, Long> ends = offsets(client, description, OffsetSpec.latest());
            long since = Instant.now().minus(lookBack).toEpochMilli();
            Map<Integer, Long> begins =
                    lookBack.isZero() ? ends : offsets(client, description, OffsetSpec.forTimestamp(since));
            Map<Integer, PartitionRange> ranges = new HashMap<>();
            ends.forEach((partition, end) -> {
                long begin = Objects.requireNonNull(begins.get(partition));
                ranges.put(partition, new PartitionRange(begin == NONE_SINCE ? end : begin, end));
            });
            return ranges;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting for Kafka", stopped);
        } catch (ExecutionException | TimeoutException unreachable) {
            throw new IllegalStateException("Kafka does not tell where " + topic + " ends", unreachable);
        }
    }

    private static Map<Integer, Long> offsets(Admin client, TopicDescription topic, OffsetSpec wanted)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> partitions = topic.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition.partition()), partition -> wanted));
        Map<Integer, Long> offsets = new HashMap<>();
        client.listOffsets(partitions)
                .all()
                .get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
        return offsets;
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
