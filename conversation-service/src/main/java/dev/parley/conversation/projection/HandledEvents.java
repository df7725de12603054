package dev.parley.conversation.projection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** The events that this instance handled last. What is forgotten is handled again, which changes nothing. */
@Component
final class HandledEvents {

    private static final int MAX_REMEMBERED = 50_000;

    /** Longer than message-service keeps published events on their documents. */
    private static final Duration MEMORY = Duration.ofSeconds(30);

    private final Cache<String, Long> handled = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .build();

    /** Called when what they say is stored. */
    void add(Collection<String> ids) {
        long now = System.nanoTime();
        ids.forEach(id -> handled.asMap().putIfAbsent(id, now));
    }

    boolean contains(String id) {
        return handled.getIfPresent(id) != null;
    }

    /** Whether an event was handled before a time, by {@link System#nanoTime()}. */
    boolean wasHandledBefore(String id, long time) {
        Long at = handled.getIfPresent(id);
        return at != null && at - time < 0;
    }
}
