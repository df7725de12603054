package dev.parley.presence.surface;

import dev.parley.presence.membership.DeviceRoom;
import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Shows conversations to their members on one surface.
 *
 * @param <V> a conversation as a member sees it; members with equal views are sent one event
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
     * Requests how these users see a conversation.
     *
     * @return the views of the members and former members; empty if the conversation was deleted for all
     */
    Mono<List<MemberView<V>>> views(String conversationId, Collection<String> userIds);

    /** The conversation is new in the lists of these users. */
    void opened(String conversationId, V view, Collection<DeviceRoom> users, EventContext context);

    /** The conversation has changed for these users. */
    void changed(String conversationId, V view, Collection<DeviceRoom> users, EventContext context);
}
