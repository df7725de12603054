package dev.parley.presence.routing;

import dev.parley.presence.device.UserKey;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Writes what a router decides to the inboxes. */
final class KafkaRouterOutput implements RouterOutput {

    private static final Logger log = LoggerFactory.getLogger(KafkaRouterOutput.class);
    private static final byte[] NOTHING = new byte[0];

    private final KafkaTemplate<String, byte[]> kafka;
    private final InterestPublisher publisher;
    private final JsonMapper json;
    private final RoutingMetrics metrics;

    KafkaRouterOutput(
            KafkaTemplate<String, byte[]> kafka, InterestPublisher publisher, JsonMapper json, RoutingMetrics metrics) {
        this.metrics = metrics;
        this.kafka = kafka;
        this.publisher = publisher;
        this.json = json;
    }

    @Override
    public void event(int inbox, Envelope envelope, ConsumerRecord<String, byte[]> event) {
        send(inbox, envelope, envelope.record(inbox, event.key(), event.value(), event));
    }

    @Override
    public void progress(int inbox, Envelope envelope, Progress progress) {
        byte[] value = json.writeValueAsString(progress).getBytes(StandardCharsets.UTF_8);
        send(inbox, envelope, envelope.record(inbox, envelope.node(), value, null));
    }

    @Override
    public void struckOut(int inbox, Envelope envelope, Collection<UserKey> users) {
        send(inbox, envelope, envelope.record(inbox, envelope.node(), NOTHING, null));
        publisher.dead(envelope.node());
        users.forEach(user -> publisher.gone(InterestKey.of(envelope.node(), user)));
    }

    /** Kafka's client tries again without end, in order; what it gives up can never be stored, so the node must not go on. */
    private void send(int inbox, Envelope envelope, ProducerRecord<String, byte[]> message) {
        metrics.routerWritten();
        kafka.send(message).whenComplete((stored, failure) -> {
            if (failure != null && envelope.kind() != Envelope.Kind.STRUCK_OUT) {
                log.error("Could not write {} to inbox {}: its node must start again", envelope, inbox, failure);
                Envelope out = Envelope.without(Envelope.Kind.STRUCK_OUT, envelope.node());
                kafka.send(out.record(inbox, envelope.node(), NOTHING, null));
            }
        });
    }
}
