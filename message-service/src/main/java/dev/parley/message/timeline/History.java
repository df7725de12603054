package dev.parley.message.timeline;

import dev.parley.message.access.Access;
import dev.parley.message.access.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return gather(access, direction, seq, limit + 1, new ArrayList<>())
                .map(found -> stretch(found, limit, direction == Direction.BEFORE));
    }

    /** Window by window, each by a walk of the index, until there is enough or nothing more to see. */
    private Mono<List<Message>> gather(
            Access access, Direction direction, long place, int wanted, List<Message> found) {
        boolean backwards = direction == Direction.BEFORE;
        Optional<Window> next =
                backwards ? access.windows().before(place) : access.windows().after(place);
        int missing = wanted - found.size();
        if (next.isEmpty() || missing <= 0) {
            return Mono.just(found);
        }
        Window window = next.get();
        return store.between(
                        access.conversationId(),
                        window.fromSeq() - 1,
                        window.end() + 1,
                        backwards ? Sort.Direction.DESC : Sort.Direction.ASC,
                        missing)
                .collectList()
                .flatMap(some -> {
                    found.addAll(some);
                    long reached = backwards ? window.fromSeq() : window.end();
                    return gather(access, direction, reached, wanted, found);
                });
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

    /** Messages by their ids; ids of none, or of another tenant's, are left out. Who may see them was found out before. */
    public Mono<Map<String, Message>> byIds(String tenantId, Collection<String> ids) {
        return ids.isEmpty() ? Mono.just(Map.of()) : store.byIds(tenantId, ids).collectMap(Message::id);
    }

    /** The message, if it is in the given conversation and the member may see it. */
    public Mono<Message> find(Access access, String tenantId, String messageId) {
        return store.byId(tenantId, messageId)
                .filter(message -> message.conversationId().equals(access.conversationId()))
                .filter(message -> access.maySee(message.seq()));
    }
}
