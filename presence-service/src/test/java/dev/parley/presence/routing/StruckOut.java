package dev.parley.presence.routing;

import java.util.Objects;
import org.springframework.context.ApplicationContext;
import org.springframework.kafka.core.KafkaTemplate;

/** What a router writes to a node that it has not heard of for too long. */
public final class StruckOut {

    private StruckOut() {}

    @SuppressWarnings("unchecked")
    public static void of(ApplicationContext node) {
        NodeRecord current =
                Objects.requireNonNull(node.getBean(CurrentNode.class).get());
        Envelope envelope = Envelope.without(Envelope.Kind.STRUCK_OUT, current.node());
        ((KafkaTemplate<String, byte[]>) node.getBean("eventTemplate"))
                .send(envelope.record(current.inbox(), current.node(), new byte[0], null))
                .join();
    }
}
