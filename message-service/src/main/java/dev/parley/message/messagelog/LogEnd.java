package dev.parley.message.messagelog;

import dev.parley.message.store.Message;
import dev.parley.message.store.MessagePosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The end of a conversation's log as one writer knows it: the positions of the next messages follow from it. It is right
 * as long as nobody else appends to the conversation; if somebody did, the store refuses the next write. Not thread-safe:
 * one batch at a time uses it.
 */
final class LogEnd {

    /** Senders of one conversation whose ordinals are remembered: those who wrote last. */
    static final int MAX_SENDERS = 128;

    private final Map<String, Long> senderOrdinals = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_SENDERS;
        }
    };

    private long seq;
    private long ordinal;

    /**
     * @param seq of the last message; 0 in an empty conversation
     * @param ordinal of the last message; 0 in an empty conversation
     */
    LogEnd(long seq, long ordinal) {
        this.seq = seq;
        this.ordinal = ordinal;
    }

    long seq() {
        return seq;
    }

    /** The last ordinal of each of these senders, without senders whose ordinal is not remembered. */
    Map<String, Long> senderOrdinals(Collection<String> senderIds) {
        Map<String, Long> known = new HashMap<>();
        for (String senderId : senderIds) {
            Long last = senderOrdinals.get(senderId);
            if (last != null) {
                known.put(senderId, last);
            }
        }
        return known;
    }

    /** The message was stored at the next position. */
    void advanceTo(Message stored) {
        seq = stored.seq();
        ordinal = stored.position().ordinal();
        senderOrdinals.put(stored.senderId(), stored.position().senderOrdinal());
    }

    /**
     * The positions of the next messages, in their order.
     *
     * @param lastOrdinals the last ordinal of each of their senders
     */
    List<MessagePosition> next(List<NewMessage> messages, Map<String, Long> lastOrdinals) {
        Map<String, Long> ofSenders = new HashMap<>(lastOrdinals);
        List<MessagePosition> positions = new ArrayList<>(messages.size());
        long nextOrdinal = ordinal;
        for (NewMessage message : messages) {
            long step = message.isSystemMessage() ? 0 : 1;
            nextOrdinal += step;
            long senderOrdinal = ofSenders.merge(message.sender().id(), step, Long::sum);
            positions.add(new MessagePosition(seq + positions.size() + 1, nextOrdinal, senderOrdinal));
        }
        return positions;
    }
}
