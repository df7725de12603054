package dev.parley.message.star;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A message that a user marked, for that user alone.
 *
 * @param id the user id and the message id in one string
 */
@Document(Star.COLLECTION)
record Star(@Id String id, String userId, String messageId, String conversationId, Instant starredAt) {

    static final String COLLECTION = "stars";

    static String id(String userId, String messageId) {
        return userId + "/" + messageId;
    }
}
