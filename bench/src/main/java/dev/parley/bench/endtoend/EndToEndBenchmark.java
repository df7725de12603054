package dev.parley.bench.socket;

import dev.parley.bench.chat.ChatClient;
import dev.parley.bench.store.Machine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * From the moment a client sends a message over its socket until another client has it, through gateway, services, store
 * and Kafka, against what the bare Kafka takes from producing to consuming. They take many short turns, so that both see
 * the same machine.
 *
 * <p>Arguments: the gateway as {@code host:port}, the Kafka that it uses, and how many turns each has (25).
 */
final class EndToEndBenchmark {

    /** Until the compilers are through, about: without pauses. */
    private static final int WARM_UP = 25_000;

    private static final int MESSAGES = 100;
    private static final int BYTES = 300;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String TOPIC = "parley.bench";

    private EndToEndBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 25;
        ChatClient sender = ChatClient.register("http://" + arguments[0]);
        ChatClient receiver = ChatClient.register("http://" + arguments[0]);
        String conversation = sender.group(List.of(receiver.id()));
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        SocketClient to = connect(loops, arguments[0], receiver, arrivals);
        SocketClient from = connect(loops, arguments[0], sender, new LinkedBlockingQueue<>());
        Runnable send = () -> from.emit("[\"send_message\",{\"conversationId\":\"" + conversation + "\",\"text\":\""
                + "x".repeat(BYTES) + "\"}]");
        List<long[]> bare = new ArrayList<>();
        List<long[]> whole = new ArrayList<>();
        try (BareKafka kafka = new BareKafka(arguments[1])) {
            run(send, arrivals, WARM_UP, Duration.ZERO);
            run(kafka::send, kafka.arrivals, WARM_UP, Duration.ZERO);
            for (int turn = 0; turn < turns; turn++) {
                bare.add(run(kafka::send, kafka.arrivals, MESSAGES, PAUSE));
                whole.add(run(send, arrivals, MESSAGES, PAUSE));
            }
        }
        System.out.println("              p50 ms  p99 ms  load");
        print("bare Kafka", sorted(bare));
        print("send-receive", sorted(whole));
        to.close();
        from.close();
        loops.shutdownGracefully();
    }

    private static SocketClient connect(
            EventLoopGroup loops, String gateway, ChatClient user, BlockingQueue<Long> arrivals) {
        return SocketClient.connect(
                        loops, "ws://" + gateway, "/chat", "{\"token\":\"" + user.token() + "\"}", event -> {
                            if (event.toString(StandardCharsets.US_ASCII).contains("[\"new_message\"")) {
                                arrivals.add(System.nanoTime());
                            }
                        })
                .join();
    }

    /** Sends one after the other, each when the one before has arrived and a pause is over. */
    private static long[] run(Runnable send, BlockingQueue<Long> arrivals, int messages, Duration pause)
            throws InterruptedException {
        long[] nanos = new long[messages];
        for (int i = 0; i < messages; i++) {
            long start = System.nanoTime();
            send.run();
            Long arrived = arrivals.poll(10, TimeUnit.SECONDS);
            if (arrived == null) {
                throw new IllegalStateException("Message " + i + " did not arrive");
            }
            nanos[i] = arrived - start;
            Thread.sleep(pause.toMillis());
        }
        return nanos;
    }

    private static long[] sorted(List<long[]> turns) {
        return turns.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }

    private static void print(String name, long[] sorted) {
        System.out.printf(
                "%-12s  %6.2f  %6.2f  %4.1f%n",
                name, sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6, Machine.load());
    }

    /** A producer that waits for all replicas, and a consumer that reads from the end on. */
    private static final class BareKafka implements AutoCloseable {

        private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
        private final KafkaProducer<String, String> producer;
        private final Thread reader;
        private volatile boolean stopped;

        BareKafka(String servers) throws InterruptedException, ExecutionException {
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", 0),
                    new StringSerializer(),
                    new StringSerializer());
            create(servers);
            reader = new Thread(() -> read(servers), "bare-kafka");
            reader.start();
        }

        private static void create(String servers) throws InterruptedException, ExecutionException {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                if (!admin.listTopics().names().get().contains(TOPIC)) {
                    admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                            .all()
                            .get();
                }
            }
        }

        void send() {
            producer.send(new ProducerRecord<>(TOPIC, "key", "x".repeat(BYTES * 3)));
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
}
