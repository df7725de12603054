package dev.parley.standalone.backlog;

import dev.parley.events.Topics;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The events that some consumer group has not handled, up to one moment: call {@link #begin} before that moment, {@link #end} at it, and
 * {@link #write} at any time after it. What a group handled by {@code begin}, it had stored before; so a copy of the store that is
 * made at {@code end} holds what all earlier events say.
 */
public final class EventBacklog implements AutoCloseable {

    /** Nobody can write while {@link #end} waits for the broker. */
    private static final Duration ADMIN_LIMIT = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);

    /** Says who is connected, which nobody is any more where this is read again. */
    private static final Set<String> LEFT_OUT = Set.of(Topics.PRESENCE);

    /** Also read from where no group has a position: by every service at its start. */
    private static final Set<String> WHOLE = Set.of(Topics.SESSIONS);

    private final Map<String, Object> client;
    private final Admin admin;
    private final Map<String, BacklogFormat.Topic> topics = new TreeMap<>();
    private final Map<TopicPartition, Long> from = new HashMap<>();
    private final Map<TopicPartition, Long> to = new HashMap<>();

    /** @param properties what clients of the broker set beside its address */
    public EventBacklog(String servers, Map<String, String> properties) {
        this.client = new HashMap<>(properties);
        client.put("bootstrap.servers", servers);
        client.put("default.api.timeout.ms", (int) ADMIN_LIMIT.toMillis());
        client.put("request.timeout.ms", (int) ADMIN_LIMIT.toMillis());
        this.admin = Admin.create(client);
    }

    /** Notes how far each group has come. */
    public void begin() throws IOException {
        Collection<String> names = await(admin.listTopics().names());
        await(admin.describeTopics(names).allTopicNames()).forEach((name, described) -> {
            topics.put(
                    name, new BacklogFormat.Topic(name, described.partitions().size(), new TreeMap<>()));
            described.partitions().forEach(partition -> from.put(new TopicPartition(name, partition.partition()), 0L));
        });
        readSettings(names);
        from.putAll(offsets(OffsetSpec.earliest()));
        Map<TopicPartition, Long> handled = handledByGroups();
        from.replaceAll((partition, begin) ->
                WHOLE.contains(partition.topic()) ? begin : Math.max(begin, handled.getOrDefault(partition, begin)));
    }

    private void readSettings(Collection<String> names) throws IOException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        await(admin.describeConfigs(resources).all()).forEach((resource, config) -> config.entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(entry -> Objects.requireNonNull(topics.get(resource.name()))
                        .settings()
                        .put(entry.name(), entry.value())));
    }

    /** The least position of all groups by partition; -1 where a group that reads it has none. */
    private Map<TopicPartition, Long> handledByGroups() throws IOException {
        Set<String> groups = await(
                        admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
                .stream()
                .map(GroupListing::groupId)
                .collect(Collectors.toSet());
        Map<TopicPartition, Long> least = new HashMap<>();
        if (groups.isEmpty()) {
            return least;
        }
        Map<String, ListConsumerGroupOffsetsSpec> all =
                groups.stream().collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()));
        var handled = await(admin.listConsumerGroupOffsets(all).all());
        var described = await(admin.describeConsumerGroups(groups).all());
        for (String group : groups) {
            Map<TopicPartition, Long> own = new HashMap<>();
            assigned(Objects.requireNonNull(described.get(group))).forEach(partition -> own.put(partition, -1L));
            Objects.requireNonNull(handled.get(group)).forEach((partition, position) -> {
                if (position != null) {
                    own.put(partition, position.offset());
                }
            });
            own.forEach((partition, offset) -> least.merge(partition, offset, Math::min));
        }
        return least;
    }

    private static Set<TopicPartition> assigned(ConsumerGroupDescription group) {
        Set<TopicPartition> assigned = new HashSet<>();
        group.members().forEach(member -> assigned.addAll(member.assignment().topicPartitions()));
        return assigned;
    }

    /** Notes what is published by now. */
    public void end() throws IOException {
        to.putAll(offsets(OffsetSpec.latest()));
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec wanted) throws IOException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listOffsets(from.keySet().stream().collect(Collectors.toMap(partition -> partition, one -> wanted)))
                        .all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static <T> T await(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get(ADMIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while waiting for Kafka", stopped);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException("Kafka does not answer", failure);
        }
    }

    /**
     * Writes all topics, and the events in the order of their partitions. One record at a time is in memory, beside those that the broker
     * sends together.
     *
     * @return how many events there were
     */
    public long write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        BacklogFormat.writeHead(data, topics.values());
        long written = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (TopicPartition partition : from.keySet()) {
                if (!LEFT_OUT.contains(partition.topic())) {
                    written += write(consumer, partition, data);
                }
            }
        } catch (KafkaException failure) {
            throw new IOException("Kafka does not give its events", failure);
        }
        BacklogFormat.writeEnd(data, written);
        data.flush();
        return written;
    }

    private long write(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, DataOutputStream data)
            throws IOException {
        long end = Objects.requireNonNull(to.get(partition));
        long begin = Objects.requireNonNull(from.get(partition));
        if (begin >= end) {
            return 0;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, begin);
        long written = 0;
        long lastProgress = System.nanoTime();
        long position = begin;
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    BacklogFormat.writeRecord(data, record);
                    written++;
                }
            }
            long reached = consumer.position(partition);
            if (reached > position) {
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > STALL_LIMIT.toNanos()) {
                throw new IOException("Kafka gives nothing of " + partition + " from " + position + " on");
            }
            position = reached;
        }
        return written;
    }

    @Override
    public void close() {
        admin.close(ADMIN_LIMIT);
    }
}
