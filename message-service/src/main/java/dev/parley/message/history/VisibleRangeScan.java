package dev.parley.message.history;

import dev.parley.message.access.MemberAccess;
import dev.parley.message.access.VisibleRange;
import dev.parley.message.history.MessageHistory.Direction;
import dev.parley.message.store.HiddenMessages;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Sort;
import reactor.core.publisher.Mono;

/**
 * Reads the messages of a conversation in one direction, one visible range after the other, without what is hidden from the
 * user. There are no gaps in {@code seq}, so each query reads as many messages as are wanted and as many more as are hidden
 * there, up to a limit. Used once.
 */
final class VisibleRangeScan {

    /** How many more messages than wanted one query reads because some are hidden. */
    private static final int MAX_EXTRA = 200;

    private final MessageStore store;
    private final MemberAccess access;
    private final HiddenMessages hidden;
    private final boolean backwards;
    private final int wanted;
    private final List<Message> found = new ArrayList<>();

    VisibleRangeScan(MessageStore store, MemberAccess access, HiddenMessages hidden, Direction direction, int wanted) {
        this.store = store;
        this.access = access;
        this.hidden = hidden;
        this.backwards = direction == Direction.BEFORE;
        this.wanted = wanted;
    }

    /** Up to as many visible messages as are wanted, the nearest to {@code seq} first, without the one at {@code seq}. */
    Mono<List<Message>> from(long seq) {
        Optional<VisibleRange> next =
                backwards ? access.visible().before(seq) : access.visible().after(seq);
        if (next.isEmpty() || found.size() >= wanted) {
            return Mono.just(found);
        }
        VisibleRange range = next.get();
        int hiddenHere = Math.min(hidden.countBetween(range.fromSeq(), range.end()), MAX_EXTRA);
        int size = wanted - found.size() + hiddenHere;
        return store.between(
                        access.conversationId(),
                        range.fromSeq() - 1,
                        range.end() + 1,
                        backwards ? Sort.Direction.DESC : Sort.Direction.ASC,
                        size,
                        access.visible().asOf() != null)
                .collectList()
                .flatMap(some -> {
                    take(some);
                    boolean wholeRange = some.size() < size;
                    long end = backwards ? range.fromSeq() : range.end();
                    return from(wholeRange ? end : some.get(some.size() - 1).seq());
                });
    }

    private void take(List<Message> some) {
        some.stream()
                .filter(message -> !hidden.contains(message.seq()))
                .limit(wanted - found.size())
                .map(access.visible()::shown)
                .forEach(found::add);
    }
}
