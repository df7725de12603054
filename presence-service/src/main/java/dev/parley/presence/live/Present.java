package dev.parley.presence.live;

import dev.parley.presence.user.ConnectedUser;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a user's place in rooms from the first device until the user counts as gone, however often devices come and go
 * meanwhile. Nothing is sent to it.
 */
public final class Present implements Placeholder {

    /**
     * In place of a place: it is not known from where on a user sees a conversation in which the user was already. What is
     * said there goes to the user; what that answers does not.
     */
    public static final long UNKNOWN = Long.MAX_VALUE;

    private final ConnectedUser user;

    /** Of the conversations that the user does not see from their beginning. */
    private final Map<String, Long> fromSeqs = new ConcurrentHashMap<>();

    public Present(ConnectedUser user) {
        this.user = user;
    }

    public String userId() {
        return user.id();
    }

    /** From which place on the user sees a conversation. */
    void seesFrom(String conversationId, long seq) {
        if (seq > 1) {
            fromSeqs.put(conversationId, seq);
        } else {
            fromSeqs.remove(conversationId);
        }
    }

    boolean sees(String conversationId, long seq) {
        long fromSeq = fromSeqs.getOrDefault(conversationId, 1L);
        return seq >= fromSeq || fromSeq == UNKNOWN;
    }

    boolean seesEarlier(String conversationId, long seq) {
        return seq >= fromSeqs.getOrDefault(conversationId, 1L);
    }

    @Override
    public String id() {
        return "present:" + user.tenantId() + ":" + user.id();
    }

    @Override
    public ConnectedUser owner() {
        return user;
    }
}
