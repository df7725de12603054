package dev.parley.message.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.Block;
import dev.parley.message.access.ConversationAccess.Key;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Remembers whose access changed a short while ago, so that no cached answer from before the change is used. */
@Component
public final class RecentAccessChanges {

    /**
     * How long after a change conversation-service may still answer as before: it applies a change after the system message
     * that tells of it was stored here.
     */
    private static final Duration MAX_APPLY_DELAY = Duration.ofSeconds(3);

    /** Longer than any answer takes, so that a change is remembered until no answer from before it can come. */
    private static final Duration MAX_ANSWER_TIME = Duration.ofMinutes(1);

    /** When access was changed last, by {@link System#nanoTime()}. */
    private final Cache<Change, Long> changes;

    /** @param userId null for a change that concerns all members */
    private record Change(String conversationId, @Nullable String userId) {}

    RecentAccessChanges(AccessSettings settings) {
        this.changes = Caffeine.newBuilder()
                .maximumSize(settings.maxCachedAccess())
                .expireAfterWrite(settings.accessMaxAge().plus(MAX_ANSWER_TIME))
                .build();
    }

    /** Notes the members whose access a system message changes. */
    public void noteMembersOf(String conversationId, Block.Notice notice) {
        notice.members().forEach(member -> note(conversationId, member.user().id()));
    }

    /** @param userId whose access changed; null if that of all members may have */
    public void note(String conversationId, @Nullable String userId) {
        changes.put(new Change(conversationId, userId), System.nanoTime());
    }

    /** Whether the answer to a question that was asked at the given time may be from before a change. */
    boolean mayHaveChanged(Key key, long askedAt) {
        return changedAfter(new Change(key.conversationId(), key.userId()), askedAt)
                || changedAfter(new Change(key.conversationId(), null), askedAt);
    }

    private boolean changedAfter(Change change, long askedAt) {
        Long changedAt = changes.getIfPresent(change);
        return changedAt != null && askedAt - changedAt < MAX_APPLY_DELAY.toNanos();
    }
}
