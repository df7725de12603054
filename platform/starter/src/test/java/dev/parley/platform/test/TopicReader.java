package dev.parley.platform.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic as another service would, from its beginning. */
public final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> seen = new ArrayList<>();

    public TopicReader(String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", EmbeddedParts.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads until {@code count} records of the key match, and gives all that match by then, in order. */
    public List<ConsumerRecord<String, String>> await(
            String key, int count, Predicate<ConsumerRecord<String, String>> matching) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            List<ConsumerRecord<String, String>> found = seen.stream()
                    .filter(message -> key.equals(message.key()) && matching.test(message))
                    .toList();
            if (found.size() >= count) {
                return found;
            }
            if (Instant.now().isAfter(deadline)) {
                Threads.show();
                throw new AssertionError("Only " + found.size() + " of " + count + " records of " + key);
            }
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
    }

    /** The same, each event once: one may be published again with its id, by the outbox of an instance that starts, for example. */
    public List<ConsumerRecord<String, String>> awaitDistinct(
            String key, int count, Predicate<ConsumerRecord<String, String>> matching) {
        for (int wanted = count; ; ) {
            List<ConsumerRecord<String, String>> found = await(key, wanted, matching);
            Map<String, ConsumerRecord<String, String>> byId = new LinkedHashMap<>();
            found.forEach(message -> byId.putIfAbsent(id(message), message));
            if (byId.size() >= count) {
                return List.copyOf(byId.values());
            }
            wanted = found.size() + 1;
        }
    }

    /** Of the event; the same for every repetition. */
    public static String id(ConsumerRecord<?, ?> message) {
        return new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }

    public static String type(ConsumerRecord<?, ?> message) {
        return new String(message.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
