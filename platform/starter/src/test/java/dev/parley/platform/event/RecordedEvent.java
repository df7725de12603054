package dev.parley.platform.event;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import tools.jackson.databind.JsonNode;

/** A record as it stood on its topic. */
record RecordedEvent(String topic, String key, Map<String, String> headers, JsonNode data) {

    ConsumerRecord<String, byte[]> at(long offset) {
        RecordHeaders kafkaHeaders = new RecordHeaders();
        headers.forEach((name, value) -> kafkaHeaders.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                data.toString().getBytes(StandardCharsets.UTF_8),
                kafkaHeaders,
                Optional.empty());
    }
}
