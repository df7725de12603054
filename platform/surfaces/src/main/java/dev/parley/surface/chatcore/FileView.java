package dev.parley.surface.chatcore;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.events.Block;
import dev.parley.platform.file.FileUrls;
import java.time.Instant;

/**
 * A file of a conversation, with the message that it came with.
 *
 * @param file whose fields stand beside the others
 * @param uploadedBy the id of who sent it
 */
public record FileView(
        @JsonUnwrapped AttachmentView file,
        String messageId,
        String conversationId,
        String uploadedBy,
        Instant createdAt) {

    public static FileView of(
            Block.Media file,
            String messageId,
            String conversationId,
            String uploadedBy,
            Instant createdAt,
            FileUrls urls) {
        return new FileView(AttachmentView.of(file, urls), messageId, conversationId, uploadedBy, createdAt);
    }
}
