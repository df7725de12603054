package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * The message that another one answers, as it was at that time.
 *
 * @param seq its position in the conversation; null where it was not noted
 */
public record ReplyReference(
        String messageId,
        String senderName,
        String contentPreview,
        @Nullable Long seq) {

    /** The same message, shown with another preview. */
    public ReplyReference withPreview(String otherPreview) {
        return new ReplyReference(messageId, senderName, otherPreview, seq);
    }
}
