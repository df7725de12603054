package dev.parley.presence.routing;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Publishes what this node is interested in, in the order of the calls. */
class InterestPublisher implements DisposableBean {

    private static final String THREAD = "interest-publisher";

    /** What may wait for the thread; past it a publication fails, and with it whatever waits for it. */
    private static final int MAX_QUEUED = 100_000;

    private final KafkaTemplate<String, byte[]> kafka;
    private final JsonMapper json;

    /** One thread: the client may block on it until it knows the topic. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_QUEUED), InterestPublisher::daemon);

    InterestPublisher(KafkaTemplate<String, byte[]> kafka, JsonMapper json) {
        this.kafka = kafka;
        this.json = json;
    }

    /** Gives the offset of the record. */
    CompletableFuture<Long> interested(InterestRecord interest) {
        InterestKey key = InterestKey.of(interest.node(), interest.user());
        return send(RoutingTopics.USERS, () -> json.writeValueAsString(key), interest);
    }

    /** The node is not interested in that user any more. */
    void gone(InterestKey key) {
        send(RoutingTopics.USERS, () -> json.writeValueAsString(key), null);
    }

    void alive(NodeRecord node) {
        send(RoutingTopics.NODES, node::node, node);
    }

    /** A node does not live any more. */
    void dead(String node) {
        send(RoutingTopics.NODES, () -> node, null);
    }

    /** The JSON is made in the thread, too: who calls may hold what everybody waits for. */
    private CompletableFuture<Long> send(int partition, Supplier<String> key, @Nullable Object value) {
        try {
            return CompletableFuture.supplyAsync(
                            () -> kafka.send(
                                    new ProducerRecord<>(RoutingTopics.INTEREST, partition, key.get(), data(value))),
                            thread)
                    .thenCompose(sent -> sent)
                    .thenApply(stored -> stored.getRecordMetadata().offset());
        } catch (RejectedExecutionException tooMuch) {
            return CompletableFuture.failedFuture(tooMuch);
        }
    }

    private byte @Nullable [] data(@Nullable Object value) {
        return value == null ? null : json.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
    }

    private static Thread daemon(Runnable sending) {
        Thread daemon = new Thread(sending, THREAD);
        daemon.setDaemon(true);
        return daemon;
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
