package dev.parley.bench.endtoend;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka without anything else: a producer that waits for all replicas, and a consumer that reads new records. */
final class BareKafka implements RoundTrip, AutoCloseable {

    private static final String TOPIC = "parley.bench";
    private static final int RECORD_BYTES = 900;

    private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    private final KafkaProducer<String, String> producer;
    private final Thread reader;
    private volatile boolean stopped;

    BareKafka(String servers) throws InterruptedException, ExecutionException {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
        createTopic(servers);
        reader = new Thread(() -> read(servers), "bare-kafka");
        reader.start();
    }

    private static void createTopic(String servers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                        .all()
                        .get();
            }
        }
    }

    @Override
    public void send() {
        producer.send(new ProducerRecord<>(TOPIC, "key", "x".repeat(RECORD_BYTES)));
    }

    @Override
    public BlockingQueue<Long> arrivals() {
        return arrivals;
    }

    private void read(String servers) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(TOPIC).stream()
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            while (!stopped) {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> arrivals.add(System.nanoTime()));
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        reader.join();
        producer.close();
    }
}
