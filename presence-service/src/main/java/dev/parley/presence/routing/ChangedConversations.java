package dev.parley.presence.routing;

import dev.parley.presence.device.UserKey;
import dev.parley.presence.online.LocalPresence;
import dev.parley.presence.stream.ConversationChangeListener;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/**
 * Tells all nodes the conversations of this node's users again when they change: a node with no member of a conversation is not
 * told who joins and leaves it, but must know who is online there when a member connects.
 */
final class ChangedConversations implements ConversationChangeListener {

    /** Changes are gathered for a moment, so that a user who is added to many at once costs one event. */
    private static final long DELAY_MILLIS = 100;

    private final LocalPresence presence;
    private final Set<UserKey> due = ConcurrentHashMap.newKeySet();

    ChangedConversations(LocalPresence presence) {
        this.presence = presence;
    }

    @Override
    public void opened(String tenantId, String conversationId, Collection<String> userIds) {
        changed(tenantId, userIds);
    }

    @Override
    public void left(String tenantId, String conversationId, Collection<String> userIds) {
        changed(tenantId, userIds);
    }

    private void changed(String tenantId, Collection<String> userIds) {
        for (String userId : userIds) {
            UserKey user = new UserKey(tenantId, userId);
            if (presence.isOnline(user) && due.add(user)) {
                Schedulers.parallel().schedule(() -> publish(user), DELAY_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void publish(UserKey user) {
        due.remove(user);
        presence.publishAgain(user);
    }
}
