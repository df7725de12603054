package dev.parley.message.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import java.time.Instant;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * When former members left: the time of the last message that they see, which tells of their leaving. The times of changes
 * come from the clocks of the instances that made them, so a change of the same moment may be on either side.
 */
@Component
final class LeavingTimes {

    private static final int MAX_CACHED = 100_000;

    private record Position(String conversationId, long seq) {}

    private final MessageStore store;

    /** The time of a message never changes. */
    private final Cache<Position, Instant> known =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

    LeavingTimes(MessageStore store) {
        this.store = store;
    }

    /** The ranges of a former member with the time of leaving; who sees no message left before all. */
    Mono<VisibleRanges> of(String conversationId, VisibleRanges former) {
        Position position = new Position(conversationId, former.end());
        Instant time = known.getIfPresent(position);
        return time != null
                ? Mono.just(former.asOf(time))
                : store.newestUpTo(conversationId, former.end())
                        .doOnNext(last -> {
                            if (last.seq() == position.seq()) {
                                known.put(position, last.createdAt());
                            }
                        })
                        .map(Message::createdAt)
                        .defaultIfEmpty(Instant.EPOCH)
                        .map(former::asOf);
    }
}
