package dev.parley.standalone.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.store.settings.Credentials;
import dev.parley.events.Topics;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one broker has and somebody has not handled, another one gets. */
class EventBacklogTest {

    private static final Credentials CREDENTIALS = new Credentials("parley", "a-Password_1");
    private static final TopicPartition FIRST = new TopicPartition(Topics.CONVERSATIONS, 0);
    private static final TopicPartition SECOND = new TopicPartition(Topics.CONVERSATIONS, 1);
    private static final long EARLIER = 1_700_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void isWhatTheSlowestGroupHasNotHandledAndNothingThatCameAfterTheEnd() throws Exception {
        Path file = folder.resolve("events");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("one"), 0, CREDENTIALS)) {
            try (Admin admin = Admin.create(settings(broker))) {
                admin.createTopics(List.of(
                                new NewTopic(Topics.CONVERSATIONS, 2, (short) 1).configs(Map.of("retention.ms", "-1")),
                                new NewTopic(Topics.SESSIONS, 1, (short) 1).configs(Map.of("retention.ms", "-1")),
                                new NewTopic(Topics.PRESENCE, 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            publish(broker, FIRST, "a", "b", "c", "d");
            publish(broker, SECOND, "e");
            publish(broker, new TopicPartition(Topics.SESSIONS, 0), "ended");
            publish(broker, new TopicPartition(Topics.PRESENCE, 0), "typing");
            handled(broker, "quick", Map.of(FIRST, 4L, SECOND, 1L));
            handled(broker, "slow", Map.of(FIRST, 2L, SECOND, 1L));
            handled(broker, "sessions", Map.of(new TopicPartition(Topics.SESSIONS, 0), 1L));

            try (EventBacklog backlog = new EventBacklog(broker.bootstrapServers(), broker.clientProperties());
                    OutputStream out = Files.newOutputStream(file)) {
                backlog.begin();
                publish(broker, SECOND, "f");
                backlog.end();
                publish(broker, FIRST, "too late");
                assertThat(backlog.write(out)).isEqualTo(4);
            }
        }

        try (EmbeddedBroker other = EmbeddedBroker.start(folder.resolve("two"), 0, CREDENTIALS)) {
            BacklogPublisher.publish(file, other.bootstrapServers(), other.clientProperties());

            assertThat(file).doesNotExist();
            assertThat(read(other, Topics.CONVERSATIONS, 2, 3)).containsExactlyInAnyOrder("0 c", "0 d", "1 f");
            assertThat(read(other, Topics.SESSIONS, 1, 1)).containsExactly("0 ended");
            try (Admin admin = Admin.create(settings(other))) {
                assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS)).contains(Topics.PRESENCE);
                ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.CONVERSATIONS);
                assertThat(admin.describeConfigs(List.of(topic))
                                .all()
                                .get(30, TimeUnit.SECONDS)
                                .get(topic)
                                .get("retention.ms")
                                .value())
                        .isEqualTo("-1");
            }
        }
    }

    private static Map<String, Object> settings(EmbeddedBroker broker) {
        Map<String, Object> settings = new HashMap<>(broker.clientProperties());
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return settings;
    }

    private static void publish(EmbeddedBroker broker, TopicPartition partition, String... values) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings(broker), new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                var event = new ProducerRecord<>(partition.topic(), partition.partition(), EARLIER, value, value);
                event.headers().add("ce_id", value.getBytes(StandardCharsets.UTF_8));
                producer.send(event).get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void handled(EmbeddedBroker broker, String group, Map<TopicPartition, Long> positions)
            throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        try (Admin admin = Admin.create(settings(broker))) {
            admin.alterConsumerGroupOffsets(group, offsets).all().get(30, TimeUnit.SECONDS);
        }
    }

    /** Partitions and values, of records that are just what was published. */
    private static List<String> read(EmbeddedBroker broker, String topic, int partitions, int count) {
        List<String> values = new ArrayList<>();
        Map<String, Object> settings = settings(broker);
        settings.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (values.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(200))) {
                    assertThat(event.timestamp()).isEqualTo(EARLIER);
                    assertThat(event.key()).isEqualTo(event.value());
                    assertThat(event.headers().lastHeader("ce_id").value())
                            .asString()
                            .isEqualTo(event.value());
                    values.add(event.partition() + " " + event.value());
                }
            }
        }
        return values;
    }
}
