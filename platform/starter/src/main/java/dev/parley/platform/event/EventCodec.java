package dev.parley.platform.event;

import dev.parley.events.Event;
import dev.parley.events.EventCatalogue;
import dev.parley.platform.id.Ids;
import dev.parley.platform.trace.TraceSpan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Events as CloudEvents 1.0 in Kafka's binary content mode: attributes in {@code ce_} headers, JSON in the value. */
public final class EventCodec {

    /** The partition and offset of an event that is on no topic. */
    private static final int NO_POSITION = -1;

    private final JsonMapper json;
    private final String source;

    /** @param source the {@code ce_source} of what this service publishes */
    public EventCodec(JsonMapper json, String source) {
        this.json = json;
        this.source = source;
    }

    /** An event that happens now, ready for an outbox. */
    public PendingEvent pending(Event event) {
        return pending(event, 0, Instant.now());
    }

    public PendingEvent pending(Event event, long order, Instant time) {
        EventCatalogue.Entry entry = EventCatalogue.of(event);
        return new PendingEvent(
                Ids.next(),
                entry.type(),
                entry.topic(),
                event.partitionKey(),
                order,
                time,
                json.writeValueAsString(event),
                null);
    }

    ProducerRecord<String, byte[]> encode(PendingEvent event) {
        return encode(event, null);
    }

    /** @param partition null for that of the event's key */
    ProducerRecord<String, byte[]> encode(PendingEvent event, @Nullable Integer partition) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                event.topic(), partition, event.key(), event.data().getBytes(StandardCharsets.UTF_8));
        Headers headers = message.headers();
        headers.add("ce_specversion", bytes("1.0"));
        headers.add("ce_id", bytes(event.id()));
        headers.add("ce_type", bytes(event.type()));
        headers.add("ce_source", bytes(source));
        headers.add("ce_time", bytes(event.time().toString()));
        headers.add("content-type", bytes("application/json"));
        if (event.traceparent() != null) {
            headers.add(TraceSpan.HEADER, bytes(event.traceparent()));
        }
        return message;
    }

    /**
     * Reads a record.
     *
     * @return empty if its type is of a newer version than this reader
     * @throws RuntimeException if it is no event at all
     */
    public Optional<ReceivedEvent> decode(ConsumerRecord<String, byte[]> message) {
        try {
            String id = header(message, "ce_id");
            Instant time = Instant.parse(header(message, "ce_time"));
            return EventCatalogue.named(header(message, "ce_type"))
                    .map(entry -> json.readValue(message.value(), entry.dataClass()))
                    .map(data -> new ReceivedEvent(
                            id,
                            time,
                            data,
                            message.partition(),
                            message.offset(),
                            message.value().length,
                            traceparent(message)));
        } catch (JacksonException malformed) {
            throw new MalformedEventException(message, withoutContent(malformed));
        } catch (RuntimeException malformed) {
            throw new MalformedEventException(message, malformed);
        }
    }

    /** What it says names the value that it cannot read, which somebody may have written: no log may hold that. */
    private static RuntimeException withoutContent(JacksonException malformed) {
        RuntimeException told = new IllegalArgumentException(
                malformed.getClass().getSimpleName() + " at " + malformed.getPathReference());
        told.setStackTrace(malformed.getStackTrace());
        return told;
    }

    /**
     * Reads an event as it waits in an outbox. It has no position on a topic yet.
     *
     * @return empty if its type is of a newer version than this reader
     */
    public Optional<ReceivedEvent> read(PendingEvent event) {
        return EventCatalogue.named(event.type())
                .map(entry -> json.readValue(event.data(), entry.dataClass()))
                .map(data -> new ReceivedEvent(
                        event.id(),
                        event.time(),
                        data,
                        NO_POSITION,
                        NO_POSITION,
                        event.data().length()));
    }

    private static String header(ConsumerRecord<?, ?> message, String name) {
        Header header = message.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalArgumentException("No header " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static @Nullable String traceparent(ConsumerRecord<?, ?> message) {
        Header header = message.headers().lastHeader(TraceSpan.HEADER);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A record that cannot be read as an event, now or ever. */
    static final class MalformedEventException extends RuntimeException {
        MalformedEventException(ConsumerRecord<?, ?> message, Throwable cause) {
            super(message.topic() + "-" + message.partition() + "@" + message.offset(), cause);
        }
    }
}
