package dev.parley.presence.stream;

import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Is notified when users see a conversation differently. */
public interface ConversationChangeListener {

    /**
     * A conversation appears in the lists of these users, whose devices already listen to it. Called after the renderers where
     * a system message adds them.
     */
    default void opened(String tenantId, String conversationId, Collection<String> userIds) {}

    /** @param userId the only member who sees a difference; null for all members */
    default void changed(String tenantId, String conversationId, @Nullable String userId) {}

    /** A user, and not the system, has written a message. Called after the renderers. */
    default void written(MessageSnapshot message) {}

    /** Users are members no more. Called after the renderers. */
    default void left(String tenantId, String conversationId, Collection<String> userIds) {}

    /** A user has taken a conversation out of the list; a member's comes back with the next message. Called after the renderers. */
    default void hidden(String tenantId, String conversationId, String userId) {}

    /** Called before the renderers. */
    default void read(ReceiptRead read) {}

    /** Called before the renderers. */
    default void delivered(ReceiptDelivered delivered) {}
}
