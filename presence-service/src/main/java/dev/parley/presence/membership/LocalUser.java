package dev.parley.presence.membership;

import dev.parley.presence.device.ConnectedUser;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A user with a device at this node, from the first device until the user counts as gone, however often devices come and go
 * meanwhile. Knows from which message on the user sees each conversation.
 */
public final class LocalUser {

    /**
     * Stands for the first visible {@code seq} where it is not known. Such a user is sent what is new in the conversation,
     * but not what new messages quote.
     */
    public static final long UNKNOWN = Long.MAX_VALUE;

    private final ConnectedUser user;

    /** The first visible {@code seq} of the conversations that the user does not see from their beginning. */
    private final Map<String, Long> fromSeqs = new ConcurrentHashMap<>();

    public LocalUser(ConnectedUser user) {
        this.user = user;
    }

    public ConnectedUser user() {
        return user;
    }

    /** Sets the {@code seq} of the first message that the user sees in a conversation. */
    void seesFrom(String conversationId, long seq) {
        if (seq > 1) {
            fromSeqs.put(conversationId, seq);
        } else {
            fromSeqs.remove(conversationId);
        }
    }

    /** Whether the user is sent a new message with this {@code seq}. */
    boolean sees(String conversationId, long seq) {
        long fromSeq = fromSeqs.getOrDefault(conversationId, 1L);
        return seq >= fromSeq || fromSeq == UNKNOWN;
    }

    /** Whether the user is sent what becomes of an earlier message with this {@code seq}. */
    boolean seesEarlier(String conversationId, long seq) {
        return seq >= fromSeqs.getOrDefault(conversationId, 1L);
    }

    @Override
    public String toString() {
        return "LocalUser[" + user.id() + "]";
    }
}
