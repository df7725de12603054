package dev.parley.message.history;

import dev.parley.message.MessageError;
import dev.parley.message.access.MemberAccess;
import dev.parley.message.store.HiddenMessageStore;
import dev.parley.message.store.HiddenMessages;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the messages of a conversation that a user may see and has not hidden. */
@Component
public final class MessageHistory {

    /** Which way from a {@code seq} to read. */
    public enum Direction {
        BEFORE,
        AFTER
    }

    private final MessageStore store;
    private final HiddenMessageStore hiddenMessages;
    private final VisibleMessages visibleMessages;

    MessageHistory(MessageStore store, HiddenMessageStore hiddenMessages, VisibleMessages visibleMessages) {
        this.store = store;
        this.hiddenMessages = hiddenMessages;
        this.visibleMessages = visibleMessages;
    }

    /**
     * Up to {@code limit} visible messages before or after the one at {@code seq}, without that one.
     *
     * @param seq {@link Long#MAX_VALUE} to read backwards from the end
     */
    public Mono<MessageRange> read(MemberAccess access, long seq, Direction direction, int limit) {
        return hidden(access)
                .flatMap(hidden -> direction == Direction.BEFORE
                        ? before(access, hidden, seq, limit)
                        : after(access, hidden, seq, limit));
    }

    private Mono<MessageRange> before(MemberAccess access, HiddenMessages hidden, long seq, int limit) {
        return scan(access, hidden, Direction.BEFORE, seq, limit + 1).map(found -> {
            boolean hasMore = found.size() > limit;
            return new MessageRange(found.subList(0, Math.min(limit, found.size())), hasMore, hasMore);
        });
    }

    private Mono<MessageRange> after(MemberAccess access, HiddenMessages hidden, long seq, int limit) {
        return scan(access, hidden, Direction.AFTER, seq, limit + 1).flatMap(found -> {
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

    /**
     * Up to {@code limit} visible messages around one of them. That one is in the middle if there are enough on both sides.
     *
     * @return fails with {@link MessageError#MESSAGE_NOT_FOUND} if the message is not visible in this conversation
     */
    public Mono<MessageRange> around(MemberAccess access, String tenantId, String messageId, int limit) {
        return hidden(access).flatMap(hidden -> visibleMessages
                .findIn(access, hidden, tenantId, messageId)
                .switchIfEmpty(VisibleMessages.notFound(messageId))
                .flatMap(middle -> around(access, hidden, middle, limit)));
    }

    private Mono<MessageRange> around(MemberAccess access, HiddenMessages hidden, Message middle, int limit) {
        int older = limit / 2;
        return Mono.zip(
                scan(access, hidden, Direction.AFTER, middle.seq(), limit - 1 - older),
                before(access, hidden, middle.seq(), older),
                (newer, rest) -> {
                    List<Message> messages = new ArrayList<>(newer);
                    Collections.reverse(messages);
                    messages.add(middle);
                    messages.addAll(rest.messages());
                    return new MessageRange(messages, rest.hasMore(), rest.hasMore());
                });
    }

    /** The newest message that the user would see if exactly these messages were hidden. */
    public Mono<Message> newest(MemberAccess access, HiddenMessages hidden) {
        return newestBefore(access, hidden, Long.MAX_VALUE);
    }

    private Mono<Message> newestBefore(MemberAccess access, HiddenMessages hidden, long seq) {
        return scan(access, hidden, Direction.BEFORE, seq, 1)
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    private Mono<List<Message>> scan(
            MemberAccess access, HiddenMessages hidden, Direction direction, long seq, int wanted) {
        return Mono.defer(() -> new VisibleRangeScan(store, access, hidden, direction, wanted).from(seq));
    }

    private Mono<HiddenMessages> hidden(MemberAccess access) {
        return hiddenMessages.of(access.userId(), access.conversationId());
    }
}
