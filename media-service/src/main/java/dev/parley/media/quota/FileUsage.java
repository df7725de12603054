package dev.parley.media.quota;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How much somebody's files are.
 *
 * @param bytes of all of them; it may be too much, and is not too little
 */
@Document("fileUsage")
record FileUsage(@Id String id, long bytes) {}
