package dev.parley.standalone.chaos;

import dev.parley.standalone.UnreadModel;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What the clients did, as far as it was acknowledged: the plain model of how everything must be in the end. */
final class Deeds {

    /** @param seq its place, by the acknowledgement */
    record Sent(String conversationId, String messageId, long seq, String senderId, String text) {}

    private record Reader(String conversationId, String userId) {}

    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final Map<String, String> edited = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final Map<Reader, ConversationLog.Entry> read = new ConcurrentHashMap<>();

    Sent sent(String conversationId, String senderId, String text, JsonNode message) {
        Sent one = new Sent(
                conversationId,
                message.path("id").asString(),
                message.path("seq").asLong(),
                senderId,
                text);
        sent.put(one.messageId(), one);
        return one;
    }

    void edited(Sent message, String text) {
        edited.put(message.messageId(), text);
    }

    void deleted(Sent message) {
        deleted.add(message.messageId());
    }

    void read(String conversationId, String userId, ConversationLog.Entry upTo) {
        read.merge(new Reader(conversationId, userId), upTo, (one, other) -> one.seq() > other.seq() ? one : other);
    }

    /** The messages of a conversation as they must be in the end, by id; without the notices. */
    Map<String, ConversationLog.State> messages(String conversationId) {
        return sent.values().stream()
                .filter(one -> one.conversationId().equals(conversationId))
                .collect(Collectors.toMap(
                        Sent::messageId,
                        one -> deleted.contains(one.messageId())
                                ? ConversationLog.State.DELETED
                                : new ConversationLog.State(edited.getOrDefault(one.messageId(), one.text()), false)));
    }

    /** All messages, in their places. */
    Set<ConversationLog.Entry> entries() {
        return sent.values().stream()
                .map(one -> new ConversationLog.Entry(one.seq(), one.messageId(), one.senderId()))
                .collect(Collectors.toSet());
    }

    boolean hasRead(String conversationId, String userId, long seq) {
        ConversationLog.Entry upTo = read.get(new Reader(conversationId, userId));
        return upTo != null && upTo.seq() >= seq;
    }

    /**
     * How many a member has not read.
     *
     * @param seen what the member sees of the conversation, notices too
     */
    long unread(String conversationId, String userId, List<ConversationLog.Entry> seen) {
        UnreadModel model = new UnreadModel();
        model.join(userId);
        ConversationLog.Entry upTo = read.get(new Reader(conversationId, userId));
        Set<String> known = new HashSet<>();
        for (ConversationLog.Entry one : seen) {
            if (sent.containsKey(one.id())) {
                model.sent(one.senderId(), one.id());
                known.add(one.id());
                if (upTo != null && one.seq() <= upTo.seq()) {
                    model.readUpTo(userId, one.id());
                }
            }
        }
        known.stream().filter(deleted::contains).forEach(model::deleted);
        return model.unread(userId);
    }

    Optional<Sent> newest(String conversationId) {
        return sent.values().stream()
                .filter(one -> one.conversationId().equals(conversationId))
                .max(Comparator.comparingLong(Sent::seq));
    }

    @Override
    public String toString() {
        return sent.size() + " sent, " + edited.size() + " edited, " + deleted.size() + " deleted, " + read.size()
                + " read positions";
    }
}
