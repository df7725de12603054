package dev.parley.message.log;

import dev.parley.message.store.Message;
import dev.parley.message.store.MessagePosition;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The end of a conversation as one writer knows it: what the numbers of the next message follow from. It holds as long as
 * nobody else writes there, which the writer finds out when a place is taken. One thread at a time uses it.
 */
final class LogEnd {

    /** Senders of one conversation whose ordinals are remembered: those who wrote last. */
    static final int MAX_SENDERS = 128;

    private final Map<String, Long> ordinals = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_SENDERS;
        }
    };

    private long seq;
    private long ordinal;

    /**
     * @param seq the highest place taken; 0 in an empty conversation
     * @param ordinal how many messages that count are there
     */
    LogEnd(long seq, long ordinal) {
        this.seq = seq;
        this.ordinal = ordinal;
    }

    long seq() {
        return seq;
    }

    /** How many messages that count each of the senders wrote, without those for whom it must be asked. */
    Map<String, Long> known(Collection<String> senderIds) {
        Map<String, Long> known = new HashMap<>();
        for (String senderId : senderIds) {
            Long wrote = ordinals.get(senderId);
            if (wrote != null) {
                known.put(senderId, wrote);
            }
        }
        return known;
    }

    /** A message was stored at the next place. */
    void advanceTo(Message stored) {
        seq = stored.seq();
        ordinal = stored.ordinal();
        ordinals.put(stored.senderId(), stored.senderOrdinal());
    }

    /**
     * The next places, one for each draft, in their order.
     *
     * @param wrote how many messages that count each of their senders wrote
     */
    List<MessagePosition> places(List<NewMessage> drafts, Map<String, Long> wrote) {
        Map<String, Long> senderOrdinals = new HashMap<>(wrote);
        long[] next = {seq, ordinal};
        return drafts.stream()
                .map(draft -> {
                    int step = draft.isNotice() ? 0 : 1;
                    next[0]++;
                    next[1] += step;
                    long senderOrdinal = senderOrdinals.merge(draft.sender().id(), (long) step, Long::sum);
                    return new MessagePosition(next[0], next[1], senderOrdinal);
                })
                .toList();
    }
}
