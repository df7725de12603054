package dev.parley.presence.stream;

import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Is notified when users see a conversation differently. Called before the renderers; when a conversation is opened, the
 * devices of its new members already listen to it.
 */
public interface ConversationChangeListener {

    /** A conversation appears in the lists of these users. */
    void opened(String tenantId, String conversationId, Collection<String> userIds);

    /** @param userId the only member who sees a difference; null for all members */
    default void changed(String tenantId, String conversationId, @Nullable String userId) {}

    default void read(ReceiptRead read) {}

    default void delivered(ReceiptDelivered delivered) {}
}
