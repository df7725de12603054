package dev.parley.presence.stream;

import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Is told for whom a conversation changes. Called before the renderers, except that devices listen already to what opens. */
public interface ConversationChangeListener {

    /** A conversation is in the lists of these users from now on. */
    void opened(String tenantId, String conversationId, Collection<String> userIds);

    /** @param userId the only member who sees a difference; null for all */
    default void changed(String tenantId, String conversationId, @Nullable String userId) {}

    default void read(ReceiptRead read) {}

    default void delivered(ReceiptDelivered delivered) {}
}
