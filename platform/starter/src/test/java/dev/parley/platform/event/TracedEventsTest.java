package dev.parley.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.NodeHeartbeat;
import dev.parley.platform.test.TraceReceiver;
import dev.parley.platform.test.TraceReceiver.ReceivedSpan;
import dev.parley.platform.test.Until;
import dev.parley.platform.trace.TraceAutoConfiguration;
import dev.parley.platform.trace.TraceSpan;
import dev.parley.platform.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** An event goes on with the trace of the work that wrote it, from the outbox over its record to those who handle it. */
class TracedEventsTest {

    private final TraceReceiver receiver = TraceReceiver.start();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final EventCodec codec = new EventCodec(new JsonMapper(), "/parley/test");
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer()) {
                @Override
                public void close(Duration timeout) {
                    // The factory's, which lends it.
                }
            };

    private Tracing tracing() {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "otel.exporter.otlp.endpoint", receiver.endpoint(),
                                "otel.bsp.schedule.delay", "50",
                                "otel.traces.sampler", "parentbased_always_off")));
        context.register(TraceAutoConfiguration.class);
        context.refresh();
        return context.getBean(Tracing.class);
    }

    @AfterEach
    void stop() {
        context.close();
        receiver.close();
    }

    @Test
    void anEventIsPublishedAndHandledInTheTraceThatItKeeps() {
        Tracing tracing = tracing();
        String parent = TraceReceiver.newParent();
        List<TraceSpan> during = new ArrayList<>();

        handle(tracing, publish(tracing, event().writtenBy(parent)), during);

        String trace = TraceReceiver.traceId(parent);
        Until.satisfied(() -> assertThat(receiver.ofTrace(trace)).hasSize(2));
        ReceivedSpan published = named("publish node.alive");
        ReceivedSpan handled = named("handle of-the-test");
        assertThat(parent).contains(published.parentId());
        assertThat(handled.parentId()).isEqualTo(published.id());
        assertThat(during).singleElement().satisfies(span -> assertThat(span.header())
                .contains(trace, handled.id()));
    }

    @Test
    void whatIsPublishedForTracedWorkIsInItsTrace() {
        Tracing tracing = tracing();
        String parent = TraceReceiver.newParent();
        EventPublisher publisher = publisher(tracing);

        tracing.serving("work", parent).around(publisher.publish(event())).block();

        assertThat(traceparents()).singleElement().satisfies(header -> assertThat(header)
                .contains(TraceReceiver.traceId(parent)));
    }

    @Test
    void whatIsDoneForSeveralEventsAtOnceIsATraceThatLinksToTheirs() {
        Tracing tracing = tracing();
        String one = TraceReceiver.newParent();
        String other = TraceReceiver.newParent();
        List<TraceSpan> during = new ArrayList<>();

        handle(tracing, publish(tracing, event().writtenBy(one), event().writtenBy(other), event()), during);

        Until.satisfied(() -> assertThat(receiver.spans()).hasSize(5));
        ReceivedSpan together = receiver.spans().stream()
                .filter(span -> !span.links().isEmpty())
                .findFirst()
                .orElseThrow();
        assertThat(together.links()).containsExactly(TraceReceiver.traceId(one), TraceReceiver.traceId(other));
        assertThat(together.parentId()).isEmpty();
        assertThat(during).singleElement().satisfies(span -> assertThat(span.traceId())
                .isEqualTo(together.traceId()));
        assertThat(receiver.ofTrace(TraceReceiver.traceId(one))).hasSize(2);
        assertThat(receiver.ofTrace(TraceReceiver.traceId(other))).hasSize(2);
    }

    @Test
    void whatIsNotSampledLeavesNoMarkOnAnEvent() {
        Tracing tracing = tracing();
        List<TraceSpan> during = new ArrayList<>();
        EventPublisher publisher = publisher(tracing);

        TraceSpan unsampled = tracing.serving("work", null);
        unsampled.around(publisher.publish(event())).block();
        handle(tracing, producer.history(), during);

        assertThat(unsampled.traceId()).isNotNull();
        assertThat(traceparents()).isEmpty();
        assertThat(during).containsExactly(TraceSpan.NONE);
    }

    private List<ProducerRecord<String, byte[]>> publish(Tracing tracing, PendingEvent... events) {
        publisher(tracing).publish(List.of(events)).block();
        return producer.history();
    }

    private EventPublisher publisher(Tracing tracing) {
        return new EventPublisher(new KafkaTemplate<>(() -> producer), codec, new SimpleMeterRegistry(), tracing);
    }

    private void handle(Tracing tracing, List<ProducerRecord<String, byte[]>> sent, List<TraceSpan> during) {
        List<ReceivedEvent> batch = sent.stream()
                .map(message -> {
                    ConsumerRecord<String, byte[]> read =
                            new ConsumerRecord<>(message.topic(), 0, 0, message.key(), message.value());
                    message.headers().forEach(read.headers()::add);
                    return codec.decode(read).orElseThrow();
                })
                .toList();
        EventHandler handler = events -> Mono.deferContextual(current -> {
            during.add(TraceSpan.of(current));
            return Mono.empty();
        });
        new TracedHandler(handler, tracing, "of-the-test").handle(batch).block();
    }

    private List<String> traceparents() {
        List<String> all = new ArrayList<>();
        producer.history().forEach(message -> {
            Header header = message.headers().lastHeader(TraceSpan.HEADER);
            if (header != null) {
                all.add(new String(header.value(), StandardCharsets.UTF_8));
            }
        });
        return all;
    }

    private ReceivedSpan named(String name) {
        return receiver.spans().stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + receiver.spans()));
    }

    private PendingEvent event() {
        return codec.pending(new NodeHeartbeat("node", Instant.EPOCH));
    }
}
