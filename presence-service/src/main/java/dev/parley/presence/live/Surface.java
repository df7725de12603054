package dev.parley.presence.live;

import dev.parley.events.Block;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.TypingChanged;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Tells the connected clients of one family what happened, in their own form; one of them for each subject. Called in the
 * order of the events, by the thread that reads them: what takes time must go on elsewhere.
 */
public interface Surface {

    default void messageCreated(MessageCreated created) {}

    /** Members came with this message. Their devices listen already, and were told of the message. */
    default void membersCame(MessageSnapshot message, Block.Notice notice) {}

    /** Members go with this message. Their devices listen for the last time. */
    default void membersGo(MessageSnapshot message, Block.Notice notice) {}

    default void messageChanged(MessageChange change) {}

    default void messageHidden(MessageHidden hidden) {}

    /** A conversation is in the lists of these users from now on. */
    default void conversationOpened(String tenantId, String conversationId, Collection<String> userIds) {}

    /** @param userId the only member who sees a difference; null for all */
    default void conversationChanged(String tenantId, String conversationId, @Nullable String userId) {}

    default void conversationDeleted(ConversationDeleted deleted) {}

    default void messagesRead(ReceiptRead read) {}

    default void messagesDelivered(ReceiptDelivered delivered) {}

    default void typingChanged(TypingChanged typing) {}

    /**
     * A user's status changed.
     *
     * @param observers the users who see it, by id
     * @param lastSeenAt when the user was last seen, where it is to be told
     */
    default void presenceChanged(
            PresenceTransition presence, Collection<String> observers, @Nullable Instant lastSeenAt) {}
}
