package dev.parley.conversation;

import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Lets a user read conversations as they are with all that the user was told: an acknowledged message, and an event. The
 * events about messages come here a moment later than they are acknowledged and told.
 */
public interface RecentChanges {

    /**
     * What is read, and read again if it was behind.
     *
     * @param state reads it each time
     * @param positions the last message that each conversation in it knows, by conversation id
     * @return as it is stored if it is not known in time whether that is behind
     */
    <T> Mono<T> upToDate(String userId, Mono<T> state, Function<T, Map<String, Long>> positions);
}
