package dev.parley.presence.routing;

import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.ReceivedEvent;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records as events of this version. */
final class RecordDecoder {

    private static final Logger log = LoggerFactory.getLogger(RecordDecoder.class);

    private RecordDecoder() {}

    /** What is no event for this version is nothing to any node of it either. */
    static Optional<ReceivedEvent> decode(EventCodec codec, ConsumerRecord<String, byte[]> record) {
        try {
            return codec.decode(record);
        } catch (RuntimeException malformed) {
            log.error("Skipped a record that is no event: {}", malformed.toString());
            return Optional.empty();
        }
    }
}
