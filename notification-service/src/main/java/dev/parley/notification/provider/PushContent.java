package dev.parley.notification.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a device is told.
 *
 * @param type {@code message}, {@code mention}, {@code reaction}, {@code group-added}, or {@code read} for a withdrawal
 * @param title null for a withdrawal, as is {@code body}
 * @param badge how many messages the user has not read, in all conversations
 * @param sound whether it may be heard
 * @param tag what of several pushes the newest takes the place of: the conversation
 * @param url the page of the web client that shows it, from the root of the platform; null for a withdrawal
 * @param silent whether it is not shown but takes away what was shown under its tag
 */
public record PushContent(
        String type,
        String tenantId,
        String conversationId,
        @Nullable String messageId,
        @Nullable String senderId,
        @Nullable String title,
        @Nullable String body,
        long badge,
        boolean sound,
        String tag,
        @Nullable String url,
        Instant sentAt,
        boolean silent) {

    /** The same with another text. */
    public PushContent with(@Nullable String otherTitle, @Nullable String otherBody) {
        return new PushContent(
                type,
                tenantId,
                conversationId,
                messageId,
                senderId,
                otherTitle,
                otherBody,
                badge,
                sound,
                tag,
                url,
                sentAt,
                silent);
    }
}
