package dev.parley.presence.membership;

import dev.parley.presence.device.ConnectedUser;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A user with a device at this node. Exists from the first device until the user counts as offline here, however often
 * devices connect and disconnect meanwhile. Knows from which message on the user sees each conversation.
 */
public final class LocalUser {

    /**
     * Stands for the first visible {@code seq} where it is not known. Such a user is sent new messages of the conversation,
     * but not what they quote.
     */
    public static final long UNKNOWN = Long.MAX_VALUE;

    private final ConnectedUser user;

    /** The first visible {@code seq} of the conversations that the user does not see from the beginning. */
    private final Map<String, Long> fromSeqs = new ConcurrentHashMap<>();

    /** The conversations that the user has taken out of the list, until the next message. */
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();

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

    void hide(String conversationId) {
        hidden.add(conversationId);
    }

    void unhide(String conversationId) {
        hidden.remove(conversationId);
    }

    boolean hides(String conversationId) {
        return hidden.contains(conversationId);
    }

    /** Whether a new message with this {@code seq} is sent to the user. */
    boolean sees(String conversationId, long seq) {
        long fromSeq = fromSeqs.getOrDefault(conversationId, 1L);
        return seq >= fromSeq || fromSeq == UNKNOWN;
    }

    /** Whether changes of an earlier message with this {@code seq} are sent to the user. */
    boolean seesEarlier(String conversationId, long seq) {
        return seq >= fromSeqs.getOrDefault(conversationId, 1L);
    }

    @Override
    public String toString() {
        return "LocalUser[" + user.id() + "]";
    }
}
