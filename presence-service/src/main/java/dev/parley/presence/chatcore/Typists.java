package dev.parley.presence.chatcore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.TypingChanged;
import dev.parley.events.UserSummary;
import dev.parley.presence.PresenceSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who is typing where, as all nodes tell: remembered until it is over, or not told again. */
@Component
final class Typists {

    private static final long MAX_CONVERSATIONS = 100_000;
    private static final int MAX_IN_ONE = 50;

    /** Somebody who is typing. */
    record Typist(
            String userId,
            String username,
            String displayName,
            @Nullable String avatarUrl) {

        static Typist of(UserSummary user) {
            return new Typist(user.id(), user.username(), user.displayName(), user.avatarUrl());
        }
    }

    /** @param since when it was last told; nano time */
    private record Told(Typist typist, long since) {}

    private final long expiryNanos;
    private final Cache<String, Map<String, Told>> typing;

    Typists(PresenceSettings settings) {
        this.expiryNanos = settings.typingExpiry().toNanos();
        this.typing = Caffeine.newBuilder()
                .maximumSize(MAX_CONVERSATIONS)
                .expireAfterWrite(settings.typingExpiry())
                .build();
    }

    /** Those who are typing now, the first first. */
    List<Typist> in(String conversationId) {
        Map<String, Told> told = typing.getIfPresent(conversationId);
        long now = System.nanoTime();
        return told == null
                ? List.of()
                : told.values().stream()
                        .filter(one -> now - one.since() < expiryNanos)
                        .map(Told::typist)
                        .toList();
    }

    void remember(TypingChanged event) {
        long now = System.nanoTime();
        typing.asMap().compute(event.conversationId(), (id, known) -> {
            Map<String, Told> told = new LinkedHashMap<>(known == null ? Map.of() : known);
            told.values().removeIf(one -> now - one.since() >= expiryNanos);
            if (!event.typing()) {
                told.remove(event.userId());
            } else if (told.size() < MAX_IN_ONE || told.containsKey(event.userId())) {
                told.put(event.userId(), new Told(Typist.of(event.user()), now));
            }
            return told.isEmpty() ? null : told;
        });
    }
}
