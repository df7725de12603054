package dev.parley.conversation.access;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.NewestVisible;
import dev.parley.conversation.unread.UnreadCount;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.error.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * A conversation, and somebody's part in it.
 *
 * @param conversation as the user sees it: for a former member as it was when the member left
 */
public record Member(Conversation conversation, Membership membership) {

    public Member {
        conversation = membership.seen(conversation);
    }

    /** Whether the member may do something: what every endpoint, internal answer and socket goes by. */
    public boolean may(Action action) {
        return action.refusal(this) == null;
    }

    /** @throws ApiException why the member may not do this */
    public Member require(Action action) {
        Refusal refusal = action.refusal(this);
        if (refusal != null) {
            throw refusal.failure();
        }
        return this;
    }

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
