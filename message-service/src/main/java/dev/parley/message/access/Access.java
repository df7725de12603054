package dev.parley.message.access;

/**
 * What a member may do in a conversation, as conversation-service answers it.
 *
 * @param fromSeq the first message that the member may see
 * @param toSeq the last message that the member may see; {@link Long#MAX_VALUE} while the membership lasts
 * @param maySend whether the member may write
 * @param admin whether the member may delete what others wrote
 */
public record Access(String conversationId, String userId, long fromSeq, long toSeq, boolean maySend, boolean admin) {

    /** Whether the user is a member now. */
    public boolean lasts() {
        return toSeq == Long.MAX_VALUE;
    }

    public boolean maySee(long seq) {
        return seq >= fromSeq && seq <= toSeq;
    }
}
