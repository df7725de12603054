package dev.parley.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The message that another one answers, as it was when this was made.
 *
 * @param contentPreview empty where {@code state} says that nothing is shown
 * @param seq its position in the conversation; null where it was not noted
 * @param senderId null where it was not noted
 * @param state null where it was not noted
 */
public record ReplyReference(
        String messageId,
        String senderName,
        String contentPreview,
        @Nullable Long seq,
        @Nullable String senderId,
        @Nullable QuoteState state) {

    /** The reference to a message as it is. */
    public static ReplyReference to(MessageSnapshot quoted) {
        QuotePreview preview = QuotePreview.of(quoted);
        return new ReplyReference(
                quoted.id(),
                quoted.sender().displayName(),
                preview.text(),
                quoted.seq(),
                quoted.sender().id(),
                preview.state());
    }

    /** What is shown of it; guessed where it was not noted. */
    public QuoteState stateOrGuess() {
        return Objects.requireNonNullElse(state, contentPreview.isEmpty() ? QuoteState.EMPTY : QuoteState.TEXT);
    }

    /** The same with the preview sealed or opened. */
    public ReplyReference withPreview(String otherPreview) {
        return new ReplyReference(messageId, senderName, otherPreview, seq, senderId, state);
    }

    /** The same message, of which nothing is shown. */
    public ReplyReference without(QuoteState why) {
        return new ReplyReference(messageId, senderName, "", seq, senderId, why);
    }
}
