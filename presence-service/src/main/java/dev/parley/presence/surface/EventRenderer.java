package dev.parley.presence.surface;

import dev.parley.events.Block;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.FileProcessed;
import dev.parley.events.InvitationChanged;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.TypingChanged;
import dev.parley.events.UserChanged;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.PresenceTransition;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Sends domain events to the devices of one surface in the form of that surface; one renderer for each subject. Called in
 * the order of the events, by the thread that reads them, so slow work must run elsewhere. The same renderer serves live
 * events and replays: it keeps no state, and finds everything in the {@link EventContext}.
 */
public interface EventRenderer {

    default void messageCreated(MessageCreated created, EventContext context) {}

    /** The system message added members. Their devices already listen, and were sent the message. */
    default void membersAdded(MessageSnapshot message, Block.Notice notice, EventContext context) {}

    /** The system message removes members. It is the last message that their devices receive. */
    default void membersRemoved(MessageSnapshot message, Block.Notice notice, EventContext context) {}

    default void messageChanged(MessageChange change, EventContext context) {}

    default void messageHidden(MessageHidden hidden, EventContext context) {}

    default void conversationDeleted(ConversationDeleted deleted, EventContext context) {}

    default void messagesRead(ReceiptRead read, EventContext context) {}

    default void receiptsCompleted(ReceiptCompleted completed, EventContext context) {}

    default void messagesDelivered(ReceiptDelivered delivered, EventContext context) {}

    default void typingChanged(TypingChanged typing, EventContext context) {}

    /**
     * A user has another name or picture.
     *
     * @param observers the ids of the users who are shown it, that user among them
     */
    default void profileChanged(UserChanged user, Collection<String> observers, EventContext context) {}

    /** Somebody was asked to become a member of a conversation, or that is over. */
    default void invitationChanged(InvitationChanged invitation, EventContext context) {}

    /** The server looked into a file. */
    default void fileProcessed(FileProcessed file, EventContext context) {}

    /**
     * Users now share a conversation with a user who is online, and see that from now on.
     *
     * @param observers the ids of those users
     */
    default void presenceRevealed(UserKey online, Collection<String> observers, EventContext context) {}

    /**
     * A user's status changed.
     *
     * @param observers the ids of the users who see it
     * @param lastSeenAt when the user was last seen; null if that is not shown
     */
    default void presenceChanged(
            PresenceTransition presence,
            Collection<String> observers,
            @Nullable Instant lastSeenAt,
            EventContext context) {}
}
