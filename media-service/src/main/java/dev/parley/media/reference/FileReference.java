package dev.parley.media.reference;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A message that names a file.
 *
 * @param seq the position of the message in its conversation
 */
@Document(FileReferences.COLLECTION)
record FileReference(@Id String id, String fileId, String messageId, String conversationId, long seq) {

    /** The same message names the same file once. */
    static FileReference of(String fileId, String messageId, String conversationId, long seq) {
        return new FileReference(messageId + "/" + fileId, fileId, messageId, conversationId, seq);
    }
}
