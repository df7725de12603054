package dev.parley.presence.live;

import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells what happens in conversations, each event once and in their order, and lets users come and go with it. What the same
 * surfaces tell in the same rooms is the same, whenever it is told.
 */
public final class ConversationNarrator {

    private final LiveMessages messages;
    private final LiveConversations conversations;

    /** @param onFailure is given what a surface fails with; unless it throws that on, the others go on telling */
    public ConversationNarrator(
            List<? extends Surface> surfaces, MemberRooms rooms, Consumer<RuntimeException> onFailure) {
        Surfaces all = new Surfaces(surfaces, onFailure);
        this.messages = new LiveMessages(all, rooms);
        this.conversations = new LiveConversations(all, rooms);
    }

    public void tell(ConversationEvent event) {
        if (event instanceof MessageCreated created) {
            messages.created(created);
        } else if (event instanceof MessageChange change) {
            messages.changed(change);
        } else if (event instanceof MessageHidden hidden) {
            messages.hidden(hidden);
        } else if (event instanceof ReceiptRead read) {
            messages.read(read);
        } else if (event instanceof ReceiptDelivered delivered) {
            messages.delivered(delivered);
        } else {
            conversations.tell(event);
        }
    }
}
