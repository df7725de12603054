package dev.parley.presence.stream;

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
    void opened(String tenantId, String conversationId, Collection<String> userIds);

    /** @param userId the only member who sees a difference; null for all members */
    default void changed(String tenantId, String conversationId, @Nullable String userId) {}

    /** Called before the renderers. */
    default void read(ReceiptRead read) {}

    /** Called before the renderers. */
    default void delivered(ReceiptDelivered delivered) {}
}
