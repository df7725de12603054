package dev.parley.notification.model;

import dev.parley.events.Topics;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.EventPublisher;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.publisher.Flux;

/** Publishes what happens in conversations, and knows what of it was heard. */
final class ModelEvents implements AutoCloseable {

    private static final String GROUP = "notification-service";
    private static final int AT_ONCE = 500;

    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final EventPublisher publisher;
    private final Admin admin;
    private int published;

    ModelEvents(String bootstrapServers, EventCodec codec) {
        Map<String, Object> broker = Map.of("bootstrap.servers", bootstrapServers);
        producers = new DefaultKafkaProducerFactory<>(broker, new StringSerializer(), new ByteArraySerializer());
        publisher = new EventPublisher(new KafkaTemplate<>(producers), codec, new SimpleMeterRegistry(), Tracing.off());
        admin = Admin.create(broker);
    }

    /** Completes when the broker has all of them. */
    CompletableFuture<Void> publish(List<PendingEvent> events) {
        published += events.size();
        return Flux.fromIterable(events)
                .buffer(AT_ONCE)
                .concatMap(publisher::publish)
                .then()
                .toFuture();
    }

    int published() {
        return published;
    }

    /** Says whether all was heard that is published by now. */
    Callable<Boolean> heard() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = admin
                .describeTopics(List.of(Topics.CONVERSATIONS))
                .allTopicNames()
                .get()
                .get(Topics.CONVERSATIONS)
                .partitions()
                .stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(Topics.CONVERSATIONS, partition.partition()),
                        partition -> OffsetSpec.latest()));
        var ends = admin.listOffsets(partitions).all().get();
        return () -> {
            var heard = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                    .filter(end -> end.getValue().offset() > 0)
                    .allMatch(end -> heard.get(end.getKey()) != null
                            && heard.get(end.getKey()).offset()
                                    >= end.getValue().offset());
        };
    }

    @Override
    public void close() {
        publisher.close();
        producers.destroy();
        admin.close();
    }
}
