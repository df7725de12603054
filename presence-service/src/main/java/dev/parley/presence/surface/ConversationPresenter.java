package dev.parley.presence.surface;

import dev.parley.presence.membership.DeviceRoom;
import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * How one surface shows conversations to their members.
 *
 * @param <V> a conversation as a member sees it; equal views are sent as one
 */
public interface ConversationPresenter<V> {

    /**
     * A conversation as one user sees it.
     *
     * @param active whether the user is a member now; false for a former member
     * @param fromSeq the {@code seq} of the first message that the user sees
     */
    record MemberView<V>(String userId, boolean active, long fromSeq, V view) {}

    /**
     * Asks how these users see a conversation.
     *
     * @return the views of those who are members or were; empty if nobody has the conversation any more
     */
    Mono<List<MemberView<V>>> views(String conversationId, Collection<String> userIds);

    /** The conversation is new in the lists of these users. */
    void opened(String conversationId, V view, Collection<DeviceRoom> users, EventContext context);

    /** These users see a change of the conversation. */
    void changed(String conversationId, V view, Collection<DeviceRoom> users, EventContext context);
}
