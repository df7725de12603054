package dev.parley.media.quota;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How much somebody's files are.
 *
 * @param bytes of all of them; it may be too much, and is not too little
 * @param reservedAt when bytes were counted last
 */
@Document("fileUsage")
record FileUsage(@Id String id, long bytes, Instant reservedAt) {}
