package dev.parley.notification.push;

import org.jspecify.annotations.Nullable;

/**
 * A push to make, of which there is one for each notice and device, however often it is asked for.
 *
 * @param noticeId what it tells of
 * @param type what clients are told it is: {@code message}, {@code mention}, {@code reaction} or {@code group-added}
 * @param deviceId as the user's client calls the device
 * @param seq the position of the message
 */
public record NewPush(
        String noticeId,
        String type,
        String tenantId,
        String userId,
        String deviceId,
        String conversationId,
        @Nullable String messageId,
        long seq) {}
