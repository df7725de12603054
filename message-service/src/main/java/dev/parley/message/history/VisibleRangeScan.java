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
 * One reading of a conversation in one direction: window by window, each a walk of the index, and past what is hidden.
 * There are no gaps between places, so it reads as many as it wants and as many more as are hidden, up to a bound at once.
 */
final class VisibleRangeScan {

    /** What is read at once beyond what is wanted, for what is hidden. */
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

    /** Up to as many visible messages as are wanted, the nearest to the place first, the place itself left out. */
    Mono<List<Message>> from(long place) {
        Optional<VisibleRange> next =
                backwards ? access.windows().before(place) : access.windows().after(place);
        if (next.isEmpty() || found.size() >= wanted) {
            return Mono.just(found);
        }
        VisibleRange window = next.get();
        int hiddenHere = Math.min(hidden.within(window.fromSeq(), window.end()), MAX_EXTRA);
        int size = wanted - found.size() + hiddenHere;
        return store.between(
                        access.conversationId(),
                        window.fromSeq() - 1,
                        window.end() + 1,
                        backwards ? Sort.Direction.DESC : Sort.Direction.ASC,
                        size)
                .collectList()
                .flatMap(some -> {
                    take(some);
                    boolean all = some.size() < size;
                    long end = backwards ? window.fromSeq() : window.end();
                    return from(all ? end : some.get(some.size() - 1).seq());
                });
    }

    private void take(List<Message> some) {
        some.stream()
                .filter(message -> !hidden.holds(message.seq()))
                .limit(wanted - found.size())
                .forEach(found::add);
    }
}
