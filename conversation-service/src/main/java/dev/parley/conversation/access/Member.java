package dev.parley.conversation.access;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.NewestVisible;
import dev.parley.conversation.unread.UnreadCount;
import dev.parley.events.MessageSnapshot;
import org.jspecify.annotations.Nullable;

/** A conversation, and somebody's part in it. */
public record Member(Conversation conversation, Membership membership) {

    /** The newest message that the member sees. */
    public @Nullable MessageSnapshot lastMessage() {
        return lastMessage(membership, conversation.lastMessage());
    }

    /** The newest message that a member sees, where {@code last} is that of the conversation. */
    public static @Nullable MessageSnapshot lastMessage(Membership membership, @Nullable MessageSnapshot last) {
        MessageSnapshot newest = membership.active() ? last : membership.farewell();
        NewestVisible latest = membership.latest();
        MessageSnapshot seen =
                newest != null && latest != null && newest.seq() <= latest.seq() ? latest.message() : newest;
        return seen != null && membership.sees(seen.seq()) ? seen : null;
    }

    /** How many messages of others the member has not read; nothing for a former member. */
    public long unreadCount() {
        return membership.active()
                ? UnreadCount.count(membership.reading(), membership.userId(), conversation.progress())
                : 0;
    }
}
