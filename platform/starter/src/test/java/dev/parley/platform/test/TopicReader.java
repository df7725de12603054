package dev.parley.platform.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    public static String type(ConsumerRecord<?, ?> message) {
        return new String(message.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
