package dev.parley.surface.chatcore;

import dev.parley.events.ReplyReference;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The message that another one answers.
 *
 * @param contentPreview its words, cut off, or the name of its file, as {@code state} says; empty for every other state
 * @param state {@code text}, {@code attachment}, {@code empty}, {@code deleted}, {@code hidden} or {@code omitted}
 */
public record ReplyView(
        String messageId, @Nullable String senderId, String senderName, String contentPreview, String state) {

    static ReplyView of(ReplyReference reply) {
        return new ReplyView(
                reply.messageId(),
                reply.senderId(),
                reply.senderName(),
                reply.contentPreview(),
                reply.stateOrGuess().name().toLowerCase(Locale.ROOT));
    }
}
