package dev.parley.message.history;

import dev.parley.events.ReceivedMessage;
import dev.parley.message.MessageError;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.error.ApiException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a pointer passes when somebody reads on: for conversation-service, which keeps the pointers. */
@Component
public final class UnreadRanges {

    /** Messages that are named, the newest ones. */
    private static final int MAX_NAMED = 100;

    /**
     * Where a pointer can stand.
     *
     * @param messageId the message there; null in an empty conversation
     * @param ordinal how many messages that count, which notices do not, stand there or before it
     * @param senderOrdinal how many of those the reader wrote
     */
    public record Point(@Nullable String messageId, long seq, long ordinal, long senderOrdinal) {}

    /** @param messages the newest of what others wrote in the stretch, without notices and tombstones, oldest first */
    public record UnreadRange(Point place, List<ReceivedMessage> messages) {}

    private final MessageStore store;

    UnreadRanges(MessageStore store) {
        this.store = store;
    }

    /**
     * What there is to read for somebody between a place and a message.
     *
     * @param messageId the message; null for the newest
     * @param afterSeq the place up to which it was read before
     * @return fails with {@link MessageError#MESSAGE_NOT_FOUND} if there is no such message in the conversation
     */
    public Mono<UnreadRange> between(
            String conversationId, String tenantId, String readerId, long afterSeq, @Nullable String messageId) {
        return end(conversationId, tenantId, messageId)
                .flatMap(end -> point(end, readerId)
                        .flatMap(point -> store.ofOthers(conversationId, readerId, afterSeq, end.seq(), MAX_NAMED)
                                .collectList()
                                .map(newestFirst -> {
                                    Collections.reverse(newestFirst);
                                    return new UnreadRange(point, newestFirst);
                                })))
                .defaultIfEmpty(new UnreadRange(new Point(null, 0, 0, 0), List.of()));
    }

    private Mono<Message> end(String conversationId, String tenantId, @Nullable String messageId) {
        if (messageId == null) {
            return store.newest(conversationId);
        }
        return store.byId(tenantId, messageId)
                .filter(message -> message.conversationId().equals(conversationId))
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(MessageError.MESSAGE_NOT_FOUND, "No message " + messageId + " here")));
    }

    private Mono<Point> point(Message end, String readerId) {
        return store.newestOf(end.conversationId(), readerId, end.seq())
                .map(Message::senderOrdinal)
                .defaultIfEmpty(0L)
                .map(own -> new Point(end.id(), end.seq(), end.ordinal(), own));
    }
}
