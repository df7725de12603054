package dev.parley.message.history;

import dev.parley.message.access.MemberAccess;
import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.HiddenMessages;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the messages that somebody may see and has not hidden. */
@Component
public final class MessageHistory {

    /** Which way from a place to read. */
    public enum Direction {
        BEFORE,
        AFTER
    }

    /**
     * A stretch of a conversation, newest first.
     *
     * @param hasMore whether there is more beyond it in the direction that was asked for
     * @param hasOlder whether there is more before it
     */
    public record MessageRange(List<Message> messages, boolean hasMore, boolean hasOlder) {}

    private final MessageStore store;
    private final HiddenMessageStore hiddenMessages;

    MessageHistory(MessageStore store, HiddenMessageStore hiddenMessages) {
        this.store = store;
        this.hiddenMessages = hiddenMessages;
    }

    /**
     * Up to {@code limit} visible messages next to a place, the place itself left out.
     *
     * @param seq the place; {@link Long#MAX_VALUE} to read from the end
     */
    public Mono<MessageRange> read(MemberAccess access, long seq, Direction direction, int limit) {
        return hidden(access)
                .flatMap(hidden -> direction == Direction.BEFORE
                        ? before(access, hidden, seq, limit)
                        : after(access, hidden, seq, limit));
    }

    private Mono<MessageRange> before(MemberAccess access, HiddenMessages hidden, long seq, int limit) {
        return walk(access, hidden, Direction.BEFORE, seq, limit + 1).map(found -> {
            boolean hasMore = found.size() > limit;
            return new MessageRange(found.subList(0, Math.min(limit, found.size())), hasMore, hasMore);
        });
    }

    private Mono<MessageRange> after(MemberAccess access, HiddenMessages hidden, long seq, int limit) {
        return walk(access, hidden, Direction.AFTER, seq, limit + 1).flatMap(found -> {
            List<Message> messages = new ArrayList<>(found.subList(0, Math.min(limit, found.size())));
            Collections.reverse(messages);
            if (messages.isEmpty()) {
                return Mono.just(new MessageRange(messages, false, false));
            }
            long oldest = messages.get(messages.size() - 1).seq();
            return newestBefore(access, hidden, oldest)
                    .hasElement()
                    .map(hasOlder -> new MessageRange(messages, found.size() > limit, hasOlder));
        });
    }

    /** Up to {@code limit} visible messages around one of them, which is in the middle where there are enough. */
    public Mono<MessageRange> around(MemberAccess access, Message middle, int limit) {
        int older = limit / 2;
        return hidden(access)
                .flatMap(hidden -> Mono.zip(
                        walk(access, hidden, Direction.AFTER, middle.seq(), limit - 1 - older),
                        before(access, hidden, middle.seq(), older),
                        (newer, rest) -> {
                            List<Message> messages = new ArrayList<>(newer);
                            Collections.reverse(messages);
                            messages.add(middle);
                            messages.addAll(rest.messages());
                            return new MessageRange(messages, rest.hasMore(), rest.hasMore());
                        }));
    }

    /** The newest message before a place that is visible and not among the hidden ones. */
    public Mono<Message> newestBefore(MemberAccess access, HiddenMessages hidden, long seq) {
        return walk(access, hidden, Direction.BEFORE, seq, 1)
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    private Mono<List<Message>> walk(
            MemberAccess access, HiddenMessages hidden, Direction direction, long seq, int wanted) {
        return Mono.defer(() -> new VisibleRangeScan(store, access, hidden, direction, wanted).from(seq));
    }

    private Mono<HiddenMessages> hidden(MemberAccess access) {
        return hiddenMessages.of(access.userId(), access.conversationId());
    }

    /** Those of the {@code limit} last pinned messages that are visible, last pinned first. */
    public Mono<List<Message>> pinned(MemberAccess access, int limit) {
        return hidden(access).flatMap(hidden -> store.pinned(access.conversationId(), limit)
                .filter(message -> access.maySee(message.seq()) && !hidden.holds(message.seq()))
                .collectList());
    }

    /** Messages by their ids; ids of none, or of another tenant's, are left out. Who may see them was found out before. */
    public Mono<Map<String, Message>> byIds(String tenantId, Collection<String> ids) {
        return ids.isEmpty() ? Mono.just(Map.of()) : store.byIds(tenantId, ids).collectMap(Message::id);
    }

    /** How many messages of a conversation are pinned, whoever may see them. */
    public Mono<Long> countPinned(String conversationId) {
        return store.countPinned(conversationId);
    }

    /** The message, if it is in the given conversation and visible. */
    public Mono<Message> find(MemberAccess access, String tenantId, String messageId) {
        return store.byId(tenantId, messageId)
                .filter(message -> message.conversationId().equals(access.conversationId()))
                .filter(message -> access.maySee(message.seq()))
                .filterWhen(message -> hidden(access).map(hidden -> !hidden.holds(message.seq())));
    }
}
