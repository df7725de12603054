package dev.parley.message.history;

import dev.parley.message.MessageError;
import dev.parley.message.history.UnreadRange.ReadPosition;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells conversation-service, which keeps the read pointers, what a pointer passes when a user reads on. */
@Component
public final class UnreadRanges {

    /** How many of the passed messages are named. */
    private static final int MAX_NAMED = 100;

    private final MessageStore store;

    UnreadRanges(MessageStore store) {
        this.store = store;
    }

    /**
     * The range from behind a {@code seq} up to a message.
     *
     * @param messageId null for the newest message
     * @param afterSeq up to where the user had read before
     * @return fails with {@link MessageError#MESSAGE_NOT_FOUND} if there is no such message in the conversation
     */
    public Mono<UnreadRange> find(
            String conversationId, String tenantId, String readerId, long afterSeq, @Nullable String messageId) {
        return end(conversationId, tenantId, messageId)
                .flatMap(end -> position(end, readerId)
                        .flatMap(position -> store.ofOthers(conversationId, readerId, afterSeq, end.seq(), MAX_NAMED)
                                .collectList()
                                .map(newestFirst -> {
                                    Collections.reverse(newestFirst);
                                    return new UnreadRange(position, newestFirst);
                                })))
                .defaultIfEmpty(new UnreadRange(new ReadPosition(null, 0, 0, 0), List.of()));
    }

    private Mono<Message> end(String conversationId, String tenantId, @Nullable String messageId) {
        return messageId == null
                ? store.newest(conversationId)
                : store.byId(tenantId, messageId)
                        .filter(message -> message.conversationId().equals(conversationId))
                        .switchIfEmpty(VisibleMessages.notFound(messageId));
    }

    private Mono<ReadPosition> position(Message end, String readerId) {
        return store.newestOf(end.conversationId(), readerId, end.seq())
                .map(own -> own.position().senderOrdinal())
                .defaultIfEmpty(0L)
                .map(own -> new ReadPosition(end.id(), end.seq(), end.position().ordinal(), own));
    }
}
