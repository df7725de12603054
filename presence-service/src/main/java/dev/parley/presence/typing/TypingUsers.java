package dev.parley.presence.typing;

import dev.parley.events.TypingChanged;
import dev.parley.events.UserSummary;
import dev.parley.presence.PresenceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Who is typing where, as all nodes publish it. A user is typing while at least one node says so. The node of a device also
 * publishes the end; it is made up for a node that died.
 */
@Component
final class TypingUsers {

    /** How long after the latest regular end of a typing its node counts as dead. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** @param nodeId empty for a node of a version that does not name itself */
    private record Source(String userId, String nodeId) {

        static Source of(TypingChanged event) {
            return new Source(event.userId(), Objects.requireNonNullElse(event.nodeId(), ""));
        }
    }

    /** @param since when the typing was published last; nano time */
    private record Signal(TypingChanged event, long since) {}

    private final long maxAgeNanos;
    private final int maxUsersPerConversation;
    private final int maxConversations;
    private final Map<String, Map<Source, Signal>> typing = new ConcurrentHashMap<>();

    TypingUsers(PresenceSettings settings) {
        this.maxAgeNanos = settings.typingExpiry()
                .plus(settings.typingInterval())
                .plus(MARGIN)
                .toNanos();
        this.maxUsersPerConversation = settings.typing().maxUsersPerConversation();
        this.maxConversations = settings.typing().maxConversations();
    }

    /** The users who are typing in a conversation now, in the order in which they began. */
    List<UserSummary> in(String conversationId) {
        Map<String, UserSummary> users = new LinkedHashMap<>();
        typing.getOrDefault(conversationId, Map.of())
                .forEach((source, signal) ->
                        users.put(source.userId(), signal.event().user()));
        return List.copyOf(users.values());
    }

    /**
     * Applies what a node published.
     *
     * @return whether others must be shown it: not the end at one node of a user who is typing at another
     */
    boolean apply(TypingChanged event) {
        Map<Source, Signal> now = typing.compute(event.conversationId(), (id, known) -> {
            Map<Source, Signal> signals = new LinkedHashMap<>(known == null ? Map.of() : known);
            Source source = Source.of(event);
            boolean hasRoom = known == null
                    ? typing.size() < maxConversations
                    : known.containsKey(source) || known.size() < maxUsersPerConversation;
            if (!event.typing()) {
                signals.remove(source);
            } else if (hasRoom) {
                signals.put(source, new Signal(event, System.nanoTime()));
            }
            return signals.isEmpty() ? null : signals;
        });
        return event.typing() || now == null || !isTyping(now, event.userId());
    }

    private static boolean isTyping(Map<Source, Signal> signals, String userId) {
        return signals.keySet().stream().anyMatch(source -> source.userId().equals(userId));
    }

    /** Ends the typing of users whose nodes should have published its end by now, and gives these ends. */
    List<TypingChanged> endOverdue() {
        long now = System.nanoTime();
        List<TypingChanged> ends = new ArrayList<>();
        typing.values().forEach(signals -> signals.values().stream()
                .filter(signal -> now - signal.since() > maxAgeNanos)
                .map(signal -> signal.event().ended())
                .forEach(ends::add));
        return ends.stream().filter(this::apply).toList();
    }
}
