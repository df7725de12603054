package dev.parley.conversation.membership.saga;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets this instance make one change of a conversation at a time, so that concurrent changes do not conflict
 * again and again. It is no lock: between instances, and when a caller stops waiting, the revision decides.
 */
@Component
final class KeyedSerializer {

    private final ConcurrentMap<String, Mono<Void>> last = new ConcurrentHashMap<>();

    /** The same work, begun when all that came before under the key has ended, whether it succeeded or not. */
    <T> Mono<T> run(String key, Mono<T> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> done = Sinks.empty();
            Mono<Void> end = done.asMono();
            Mono<Void> before = last.put(key, end);
            return (before == null ? Mono.<Void>empty() : before).then(work).doFinally(how -> {
                last.remove(key, end);
                done.tryEmitEmpty();
            });
        });
    }
}
