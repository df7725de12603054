package dev.parley.bench.push;

import dev.parley.bench.measure.ChildProcess;
import dev.parley.bench.measure.Machine;
import dev.parley.bench.measure.ServiceProcess;
import dev.parley.embedded.EmbeddedBroker;
import dev.parley.embedded.EmbeddedStore;
import dev.parley.embedded.FreePort;
import dev.parley.embedded.store.settings.StoreSettings;
import dev.parley.notification.NotificationServiceApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Measures notification-service, in a process of its own, with webhooks that this process takes: one message to many devices, and a
 * backlog of messages in many conversations of two. Store and broker run in this process.
 */
public final class PushBenchmark {

    private static final String TOPIC = "parley.conversations";
    private static final String GROUP = "notification-service";
    private static final int DIRECT = 500;
    private static final int WARM_UP = 5;
    private static final int KEY_BYTES = 32;
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final PushReceiver receiver;
    private final ChildProcess service;
    private final KafkaProducer<String, String> producer;
    private final Admin admin;
    private long expected;
    private long groupSeq;

    private PushBenchmark(
            PushReceiver receiver, ChildProcess service, KafkaProducer<String, String> producer, Admin admin) {
        this.receiver = receiver;
        this.service = service;
        this.producer = producer;
        this.admin = admin;
    }

    /** Arguments: an empty folder, how many devices one message goes to, and how many events the backlog has. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int devices = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        int events = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 50_000;
        try (EmbeddedStore store = EmbeddedStore.start(StoreSettings.at(folder.resolve("store")));
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), FreePort.find());
                PushReceiver receiver = new PushReceiver();
                PushData data = new PushData(store.uri());
                ChildProcess service = service(store.uri(), broker.bootstrapServers(), receiver.url());
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all", "linger.ms", 5),
                        new StringSerializer(),
                        new StringSerializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            PushBenchmark benchmark = new PushBenchmark(receiver, service, producer, admin);
            benchmark.memory(folder.resolve("store"), data, devices);
            benchmark.oneMessage(devices);
            benchmark.backlog(data, events);
        }
    }

    private static ChildProcess service(String storeUri, String brokers, String receiver) throws IOException {
        String key = UUID.randomUUID().toString().repeat(2);
        return ChildProcess.java(
                List.of("-Xmx512m"),
                ServiceProcess.class,
                NotificationServiceApplication.class.getName(),
                "notification-service",
                "--server.port=" + FreePort.find(),
                "--spring.mongodb.uri=" + storeUri + "parley",
                "--spring.kafka.bootstrap-servers=" + brokers,
                "--spring.cloud.gateway.server.webflux.enabled=false",
                "--parley.service-secret=" + key,
                "--parley.files.url-keys=" + Base64.getEncoder().encodeToString(new byte[KEY_BYTES]),
                "--parley.services.auth=http://127.0.0.1:9",
                "--parley.services.conversation=" + receiver,
                "--parley.notification.hold=1ms",
                "--parley.notification.delivery.rate=1000000",
                "--parley.notification.webhook.max-concurrent=64",
                "--parley.notification.webhook.tenants." + PushData.TENANT + ".url=" + receiver,
                "--parley.notification.webhook.tenants." + PushData.TENANT + ".secret=" + key);
    }

    /** What one device with its membership takes in the store, and whether the service keeps anything of it. */
    private void memory(Path storeFolder, PushData data, int devices) throws Exception {
        service.collectGarbage();
        long residentBefore = service.residentBytes();
        long storedBefore = size(storeFolder);
        data.group("group", "GROUP", devices);
        service.collectGarbage();
        print(
                "%d devices, each with a membership: %.0f bytes of each in the store, resident memory of the service %+d KiB, load %.1f",
                devices,
                (size(storeFolder) - storedBefore) / (double) devices,
                (service.residentBytes() - residentBefore) >> 10,
                Machine.load());
    }

    private void oneMessage(int devices) throws Exception {
        for (int turn = 0; turn <= WARM_UP; turn++) {
            Duration cpu = service.cpu();
            long begun = System.nanoTime();
            send("group", ++groupSeq);
            expected += devices;
            receiver.await(expected, LONGEST);
            double millis = (System.nanoTime() - begun) / 1e6;
            print(
                    "%s one message to %d devices: %.0f ms until the last was accepted, %.0f µs of CPU for each push, load %.1f",
                    turn < WARM_UP ? "warm-up:" : "measured:",
                    devices,
                    millis,
                    service.cpu().minus(cpu).toNanos() / 1e3 / devices,
                    Machine.load());
        }
    }

    private void backlog(PushData data, int events) throws Exception {
        for (int i = 0; i < DIRECT; i++) {
            data.group("direct-" + i, "DIRECT", 1);
        }
        Duration cpu = service.cpu();
        long begun = System.nanoTime();
        for (int i = 0; i < events; i++) {
            send("direct-" + i % DIRECT, i / DIRECT + 1L);
        }
        producer.flush();
        expected += events;
        double published = (System.nanoTime() - begun) / 1e9;
        while (lag() > 0) {
            Thread.sleep(50);
        }
        double read = (System.nanoTime() - begun) / 1e9;
        receiver.await(expected, LONGEST);
        print(
                "%d events, published in %.1f s: lag back at zero after %.1f s, the last push accepted after %.1f s, %.0f µs of CPU for each event, load %.1f",
                events,
                published,
                read,
                (System.nanoTime() - begun) / 1e9,
                service.cpu().minus(cpu).toNanos() / 1e3 / events,
                Machine.load());
    }

    private void send(String conversationId, long seq) {
        ProducerRecord<String, String> event =
                new ProducerRecord<>(TOPIC, conversationId, PushData.message(conversationId, seq));
        header(event, "ce_specversion", "1.0");
        header(event, "ce_id", UUID.randomUUID().toString());
        header(event, "ce_type", "message.created");
        header(event, "ce_source", "/parley/bench");
        header(event, "ce_time", Instant.now().toString());
        header(event, "content-type", "application/json");
        producer.send(event);
    }

    private static void header(ProducerRecord<String, String> event, String name, String value) {
        event.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** How many events the service has not read yet. */
    private long lag() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        List<TopicPartition> partitions = admin.describeTopics(List.of(TOPIC)).allTopicNames().get().values().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(partition -> new TopicPartition(TOPIC, partition.partition())))
                .toList();
        long lag = 0;
        for (TopicPartition partition : partitions) {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            OffsetAndMetadata done = read.get(partition);
            lag += end - (done == null ? 0 : done.offset());
        }
        return lag;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(PushBenchmark::sizeOf)
                    .sum();
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
