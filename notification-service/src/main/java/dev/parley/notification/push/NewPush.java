package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import org.jspecify.annotations.Nullable;

/**
 * A push to make, of which there is one for each notice and device, however often it is asked for.
 *
 * @param noticeId what it tells of
 * @param type what clients are told it is: {@code message}, {@code mention}, {@code reaction} or {@code group-added}
 * @param deviceId as the user's client calls the device
 * @param provider who reaches the device
 * @param seq who reads up to there needs it no more: the position of the message; of a reaction to a message that was read already, and
 *     of what tells of no message, the position after all that was read
 */
public record NewPush(
        String noticeId,
        String type,
        String tenantId,
        String userId,
        String deviceId,
        ProviderName provider,
        String conversationId,
        @Nullable String messageId,
        long seq) {

    /** Names the push everywhere: in the store, in the log, and to the provider. */
    public String id() {
        return noticeId + "/" + userId + "/" + deviceId;
    }
}
