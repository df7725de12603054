package dev.parley.standalone.backlog;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes the events of an {@link EventBacklog} on a broker that has none yet, before any service uses it. */
public final class BacklogPublisher {

    private static final long LIMIT_SECONDS = 60;

    private BacklogPublisher() {}

    /**
     * Publishes what the file holds, in its order and with the times that the events had, and then deletes it. After a crash in between
     * some are published twice, which changes nothing for those who handle them.
     *
     * @param file does nothing if there is none
     * @param properties what clients of the broker set beside its address
     */
    public static void publish(Path file, String servers, Map<String, String> properties) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", servers);
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            createTopics(
                    client,
                    BacklogFormat.readHead(in).stream()
                            .map(topic ->
                                    new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings()))
                            .toList());
            send(client, in);
        } catch (KafkaException failure) {
            throw new IOException("The events of " + file + " were not published", failure);
        }
        Files.delete(file);
    }

    private static void createTopics(Map<String, Object> client, List<NewTopic> topics) throws IOException {
        try (Admin admin = Admin.create(client)) {
            for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
                awaitCreated(created);
            }
        } catch (TimeoutException silent) {
            throw new IOException("Kafka creates no topics", silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while waiting for Kafka", stopped);
        }
    }

    /** One that an earlier try made is as good. */
    private static void awaitCreated(KafkaFuture<Void> created)
            throws IOException, TimeoutException, InterruptedException {
        try {
            created.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw new IOException("Kafka creates no topics", refused);
            }
        }
    }

    private static void send(Map<String, Object> client, DataInputStream in) throws IOException {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            BacklogFormat.readRecords(
                    in, record -> producer.send(record, (sent, failure) -> failed.compareAndSet(null, failure)));
            producer.flush();
        }
        if (failed.get() != null) {
            throw new IOException("Kafka refuses an event", failed.get());
        }
    }
}
