package dev.parley.presence.routing;

import dev.parley.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a record in an inbox.
 *
 * @param node whom it is for: two nodes may read one inbox
 * @param partition that of the event in the topic of conversations, and so on; 0 where there is no event
 */
record Envelope(Kind kind, String node, int partition, long offset, int generation) {

    enum Kind {
        /** An event that was just routed. */
        EVENT,
        /** A recent event that the node asked for. */
        PAST,
        /** A {@link Progress}. */
        PROGRESS,
        /** The node was struck out: it is written no more. */
        STRUCK_OUT
    }

    private static final String HEADER = "parley_envelope";
    private static final String SEPARATOR = " ";
    private static final int FIELDS = 5;

    static Envelope ofEvent(Kind kind, String node, ConsumerRecord<?, ?> event, int generation) {
        return new Envelope(kind, node, event.partition(), event.offset(), generation);
    }

    static Envelope without(Kind kind, String node) {
        return new Envelope(kind, node, 0, 0, 0);
    }

    /** @return null if it is none of this version */
    static @Nullable Envelope of(ConsumerRecord<?, ?> message) {
        Header header = message.headers().lastHeader(HEADER);
        if (header == null) {
            return null;
        }
        String[] fields = new String(header.value(), StandardCharsets.UTF_8).split(SEPARATOR);
        return Arrays.stream(Kind.values())
                .filter(kind -> fields.length >= FIELDS && kind.name().equals(fields[0]))
                .findFirst()
                .map(kind -> new Envelope(
                        kind,
                        fields[1],
                        Integer.parseInt(fields[2]),
                        Long.parseLong(fields[3]),
                        Integer.parseInt(fields[4])))
                .orElse(null);
    }

    /** @param event the record that is sent on with its headers; null if there is none */
    ProducerRecord<String, byte[]> record(int inbox, String key, byte[] value, @Nullable ConsumerRecord<?, ?> event) {
        RecordHeaders headers = event == null ? new RecordHeaders() : new RecordHeaders(event.headers());
        String text = String.join(
                SEPARATOR,
                kind.name(),
                node,
                Integer.toString(partition),
                Long.toString(offset),
                Integer.toString(generation));
        headers.add(HEADER, text.getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(RoutingTopics.INBOXES, inbox, key, value, headers);
    }

    /** The event as it stands in the topic of conversations. */
    ConsumerRecord<String, byte[]> event(ConsumerRecord<String, byte[]> message) {
        return new ConsumerRecord<>(
                Topics.CONVERSATIONS,
                partition,
                offset,
                message.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                message.key(),
                message.value(),
                message.headers(),
                message.leaderEpoch());
    }
}
