package dev.parley.message.timeline;

import dev.parley.message.access.Access;
import java.util.Collections;
import java.util.List;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads the messages that a member may see. */
@Component
public final class History {

    /** Which way from a place to read. */
    public enum Direction {
        BEFORE,
        AFTER
    }

    /**
     * A stretch of a conversation, newest first.
     *
     * @param hasMore whether there is more beyond it in the direction that was asked for
     */
    public record Stretch(List<Message> messages, boolean hasMore) {}

    private final MessageStore store;

    History(MessageStore store) {
        this.store = store;
    }

    /**
     * Up to {@code limit} visible messages next to a place, the place itself left out.
     *
     * @param seq the place; {@link Long#MAX_VALUE} to read from the end
     */
    public Mono<Stretch> read(Access access, long seq, Direction direction, int limit) {
        long after = access.fromSeq() - 1;
        long before = access.toSeq() == Long.MAX_VALUE ? Long.MAX_VALUE : access.toSeq() + 1;
        boolean backwards = direction == Direction.BEFORE;
        return store.between(
                        access.conversationId(),
                        backwards ? after : Math.max(after, seq),
                        backwards ? Math.min(before, seq) : before,
                        backwards ? Sort.Direction.DESC : Sort.Direction.ASC,
                        limit + 1)
                .collectList()
                .map(found -> stretch(found, limit, backwards));
    }

    private static Stretch stretch(List<Message> found, int limit, boolean newestFirst) {
        boolean hasMore = found.size() > limit;
        List<Message> messages = hasMore ? found.subList(0, limit) : found;
        if (!newestFirst) {
            Collections.reverse(messages);
        }
        return new Stretch(messages, hasMore);
    }

    /** Up to {@code limit} pinned messages that the member may see, last pinned first. */
    public Mono<List<Message>> pinned(Access access, int limit) {
        return store.pinned(access.conversationId(), limit)
                .filter(message -> access.maySee(message.seq()))
                .collectList();
    }

    /** The message, if it is in the given conversation and the member may see it. */
    public Mono<Message> find(Access access, String tenantId, String messageId) {
        return store.byId(tenantId, messageId)
                .filter(message -> message.conversationId().equals(access.conversationId()))
                .filter(message -> access.maySee(message.seq()));
    }
}
