package dev.parley.conversation.conversation;

import dev.parley.conversation.membership.Membership;
import dev.parley.events.MessageSnapshot;
import org.jspecify.annotations.Nullable;

/** A conversation, and somebody's part in it. */
public record Member(Conversation conversation, Membership membership) {

    /** The newest message that the member sees. */
    public @Nullable MessageSnapshot lastMessage() {
        MessageSnapshot last = membership.active() ? conversation.lastMessage() : membership.farewell();
        return last != null && last.seq() > membership.personal().clearedSeq() ? last : null;
    }

    /** How many messages of others the member has not read. */
    public long unreadCount() {
        return 0;
    }
}
