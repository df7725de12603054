package dev.parley.presence.typing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.TypingChanged;
import dev.parley.events.UserSummary;
import dev.parley.presence.PresenceSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Who is typing where, as all nodes publish it. A user stops typing when that is published, or when the typing is not
 * published again in time.
 */
@Component
final class TypingUsers {

    /** @param since when the typing was published last; nano time */
    private record Signal(UserSummary user, long since) {}

    private final long expiryNanos;
    private final int maxUsersPerConversation;
    private final Cache<String, Map<String, Signal>> typing;

    TypingUsers(PresenceSettings settings) {
        this.expiryNanos = settings.typingExpiry().toNanos();
        this.maxUsersPerConversation = settings.typing().maxUsersPerConversation();
        this.typing = Caffeine.newBuilder()
                .maximumSize(settings.typing().maxConversations())
                .expireAfterWrite(settings.typingExpiry())
                .build();
    }

    /** The users who are typing in a conversation now, in the order in which they began. */
    List<UserSummary> in(String conversationId) {
        Map<String, Signal> signals = typing.getIfPresent(conversationId);
        long now = System.nanoTime();
        return signals == null
                ? List.of()
                : signals.values().stream()
                        .filter(signal -> now - signal.since() < expiryNanos)
                        .map(Signal::user)
                        .toList();
    }

    /** Applies what a node published. */
    void apply(TypingChanged event) {
        long now = System.nanoTime();
        typing.asMap().compute(event.conversationId(), (id, known) -> {
            Map<String, Signal> signals = new LinkedHashMap<>(known == null ? Map.of() : known);
            signals.values().removeIf(signal -> now - signal.since() >= expiryNanos);
            if (!event.typing()) {
                signals.remove(event.userId());
            } else if (signals.size() < maxUsersPerConversation || signals.containsKey(event.userId())) {
                signals.put(event.userId(), new Signal(event.user(), now));
            }
            return signals.isEmpty() ? null : signals;
        });
    }
}
