package dev.parley.message.access;

import dev.parley.message.MessageError;
import dev.parley.platform.error.ApiException;
import java.time.Duration;

/**
 * What a user may do in a conversation, as conversation-service answers it.
 *
 * @param windows what the user may see
 * @param active whether the user is a member now; a former member can read and change nothing
 * @param maySend whether the user may write
 * @param admin whether the user may delete what others wrote
 * @param editWindowSeconds how long after sending a message its sender can edit it
 * @param deleteWindowSeconds how long after sending a message its sender can delete it for everyone
 */
public record MemberAccess(
        String conversationId,
        String userId,
        VisibleRanges windows,
        boolean active,
        boolean maySend,
        boolean admin,
        long editWindowSeconds,
        long deleteWindowSeconds) {

    public boolean maySee(long seq) {
        return windows.hold(seq);
    }

    public Duration editWindow() {
        return Duration.ofSeconds(editWindowSeconds);
    }

    public Duration deleteWindow() {
        return Duration.ofSeconds(deleteWindowSeconds);
    }

    /** @throws ApiException with {@link MessageError#NOT_A_MEMBER} if the membership has ended */
    public MemberAccess requireMember() {
        if (!active) {
            throw ApiException.of(MessageError.NOT_A_MEMBER, "You are no longer in this conversation");
        }
        return this;
    }
}
