package dev.parley.surface.chatcore;

import dev.parley.events.ReplyReference;

/** The message that another one answers. */
public record ReplyView(String messageId, String senderName, String contentPreview) {

    static ReplyView of(ReplyReference reply) {
        return new ReplyView(reply.messageId(), reply.senderName(), reply.contentPreview());
    }
}
