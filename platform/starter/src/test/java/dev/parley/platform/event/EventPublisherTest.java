package dev.parley.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.NodeHeartbeat;
import dev.parley.platform.test.Until;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import tools.jackson.databind.json.JsonMapper;

class EventPublisherTest {

    private static final int EVENTS = 1_000;
    private static final int ROUNDS = 200;

    private final EventCodec codec = new EventCodec(new JsonMapper(), "/parley/test");
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
                @Override
                public void close(Duration timeout) {
                    // The factory's, which lends it.
                }
            };

    @Test
    void sendsWhatWaitsInTheOrderOfTheCallsWhenItIsClosed() {
        EventPublisher publisher = publisher();
        List<CompletableFuture<Void>> publications = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            publications.add(publisher.publish(event("node-" + i)).toFuture());
        }

        publisher.close();

        assertThat(publications)
                .allMatch(publication -> publication.isDone() && !publication.isCompletedExceptionally());
        assertThat(producer.history()).hasSize(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            assertThat(new String(producer.history().get(i).value())).contains("\"node-" + i + "\"");
        }
    }

    @Test
    void whoPublishesWhileItIsClosedIsToldSo() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            EventPublisher publisher = publisher();
            List<Throwable> failures = new ArrayList<>();
            CountDownLatch published = new CountDownLatch(1 + round);
            Thread publishing = new Thread(() -> {
                while (failures.isEmpty()) {
                    publisher.publish(event("node")).subscribe(nothing -> {}, failures::add);
                    published.countDown();
                }
            });
            publishing.setDaemon(true);
            publishing.start();
            published.await();

            publisher.close();

            publishing.join(Duration.ofSeconds(20).toMillis());
            assertThat(publishing.isAlive()).as("publishing in round %d", round).isFalse();
            assertThat(failures).hasOnlyElementsOfType(RejectedExecutionException.class);
        }
    }

    @Test
    void whatCannotBeSentWhenItIsClosedFails() {
        CountDownLatch blocked = new CountDownLatch(1);
        KafkaTemplate<String, byte[]> away = new KafkaTemplate<>(() -> producer) {
            @Override
            public CompletableFuture<SendResult<String, byte[]>> send(ProducerRecord<String, byte[]> message) {
                blocked.countDown();
                try {
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("Nobody counts down");
                } catch (InterruptedException closed) {
                    throw new InterruptException(closed);
                }
            }
        };
        EventPublisher publisher = new EventPublisher(away, codec, new SimpleMeterRegistry(), Tracing.off());
        List<CompletableFuture<Void>> publications = Stream.generate(
                        () -> publisher.publish(event("node")).toFuture())
                .limit(10)
                .toList();

        publisher.close();

        assertThat(blocked.getCount()).isZero();
        Until.satisfied(() -> assertThat(publications).allMatch(CompletableFuture::isCompletedExceptionally));
    }

    private EventPublisher publisher() {
        return new EventPublisher(new KafkaTemplate<>(() -> producer), codec, new SimpleMeterRegistry(), Tracing.off());
    }

    private PendingEvent event(String nodeId) {
        return codec.pending(new NodeHeartbeat(nodeId, Instant.EPOCH));
    }
}
