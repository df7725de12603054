package dev.parley.platform.event;

import java.time.Instant;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * An event as it waits in the outbox of the document that it tells of.
 *
 * @param id the CloudEvents id; a consumer that saw it may skip a repetition
 * @param order the place among the events of the same key, where documents of one key have an order ({@code seq}); else 0
 * @param data the event record as JSON
 */
public record PendingEvent(
        // Without a name of its own it would be stored as "_id", where the outbox does not look for it.
        @Field("id") String id, String type, String topic, String key, long order, Instant time, String data) {}
