package dev.parley.message.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.message.MessageError;
import dev.parley.message.store.Message;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.event.PendingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user may see and do in a conversation, as conversation-service answers it. Every capability of this service asks
 * here before it does something for the user.
 *
 * @param visible the messages that the user may see
 * @param active whether the user is a member now; a former member can read and change nothing
 * @param maySend whether the user may send messages
 * @param admin whether the user may delete the messages of others, and own ones at any time
 * @param actions all that the user may do, by the names that conversation-service gives actions; null from one that does not
 *     tell yet
 * @param editWindowSeconds how long after sending a message its sender can edit it
 * @param deleteWindowSeconds how long after sending a message its sender can delete it for everyone
 * @param creation the event of the conversation's creation while that may not be published yet: no event of a message may be
 *     published before it; null once it is published
 */
public record MemberAccess(
        String conversationId,
        String userId,
        @JsonProperty("windows") VisibleRanges visible,
        boolean active,
        boolean maySend,
        boolean admin,
        @Nullable Set<String> actions,
        long editWindowSeconds,
        long deleteWindowSeconds,
        @Nullable PendingEvent creation) {

    private static final String CHANGE_MESSAGES = "CHANGE_MESSAGES";

    /** The same access to other messages. */
    MemberAccess with(VisibleRanges other) {
        return new MemberAccess(
                conversationId,
                userId,
                other,
                active,
                maySend,
                admin,
                actions,
                editWindowSeconds,
                deleteWindowSeconds,
                creation);
    }

    public boolean maySee(long seq) {
        return visible.contains(seq);
    }

    /** @throws ApiException with {@link MessageError#NOT_A_MEMBER} if the membership has ended */
    private void requireMember() {
        if (!active) {
            throw ApiException.of(MessageError.NOT_A_MEMBER, "You are no longer in this conversation");
        }
    }

    /** Members whose membership permits no more than reading change nothing. */
    private void requireWriter() {
        requireMember();
        if (actions != null && !actions.contains(CHANGE_MESSAGES)) {
            throw ApiException.of(PlatformError.FORBIDDEN, "Your membership does not permit this");
        }
    }

    /**
     * @throws ApiException with {@link MessageError#NOT_A_MEMBER}, {@link PlatformError#FORBIDDEN} or
     *     {@link MessageError#ONLY_ADMINS_MAY_WRITE}
     */
    public void requireMaySend() {
        requireWriter();
        if (!maySend) {
            throw ApiException.of(MessageError.ONLY_ADMINS_MAY_WRITE, "Only admins may write in this conversation");
        }
    }

    /**
     * Members may change what others see: they react, pin and unpin; each change has further rules of its own.
     *
     * @throws ApiException with {@link MessageError#NOT_A_MEMBER}, {@link PlatformError#FORBIDDEN} or
     *     {@link MessageError#SYSTEM_MESSAGE}
     */
    public void requireMayChange(Message message) {
        requireWriter();
        message.requireNoSystemMessage();
    }

    /**
     * The sender may edit a message for a while.
     *
     * @throws ApiException with {@link MessageError#NOT_THE_SENDER}, {@link MessageError#DELETED} or
     *     {@link MessageError#EDIT_WINDOW_CLOSED}
     */
    public void requireMayEdit(Message message, Instant now) {
        if (!message.isFrom(userId)) {
            throw ApiException.of(MessageError.NOT_THE_SENDER, "Only its sender can edit a message");
        }
        message.requireNotDeleted();
        if (isOver(editWindowSeconds, message, now)) {
            throw ApiException.of(
                    MessageError.EDIT_WINDOW_CLOSED,
                    "A message can be edited for " + editWindowSeconds + " s after it was sent");
        }
    }

    /**
     * The sender may delete a message for a while, an admin of the group may at any time. Whoever may delete a message may
     * do so again at any time: nothing changes then.
     *
     * @throws ApiException with {@link MessageError#NOT_THE_SENDER} or {@link MessageError#DELETE_WINDOW_CLOSED}
     */
    public void requireMayDelete(Message message, Instant now) {
        if (admin) {
            return;
        }
        if (!message.isFrom(userId)) {
            throw ApiException.of(
                    MessageError.NOT_THE_SENDER, "Only its sender or an admin of the group can delete a message");
        }
        if (!message.isDeleted() && isOver(deleteWindowSeconds, message, now)) {
            throw ApiException.of(
                    MessageError.DELETE_WINDOW_CLOSED,
                    "A message can be deleted for " + deleteWindowSeconds + " s after it was sent");
        }
    }

    private static boolean isOver(long windowSeconds, Message message, Instant now) {
        return now.isAfter(message.createdAt().plus(Duration.ofSeconds(windowSeconds)));
    }
}
