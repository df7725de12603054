package dev.parley.notification.audience;

import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Counts what users have not read. */
public interface Badges {

    /** How many messages each of the users has not read, in all conversations that are in the user's list. */
    Mono<Map<String, Long>> of(Collection<String> userIds);
}
