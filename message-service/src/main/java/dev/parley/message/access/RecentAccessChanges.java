package dev.parley.message.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.events.Block;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageCreated;
import dev.parley.message.MessageSettings;
import dev.parley.message.access.ConversationAccess.Key;
import dev.parley.platform.event.ReceivedEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whose access was changed lately, so that no older answer about it is relied on. */
@Component
public final class RecentAccessChanges {

    private static final long MAX_CHANGES = 200_000;

    /** How long after a notice conversation-service may still answer as before: it applies a change that has its place. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    /** Longer than any answer takes: when a change is forgotten, no answer from before it is remembered. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(1);

    /** When the access of a member, or with no user id that of all members, was changed, by {@link System#nanoTime()}. */
    private final Cache<ChangeOf, Long> changes;

    private record ChangeOf(String conversationId, @Nullable String userId) {}

    RecentAccessChanges(MessageSettings settings) {
        this.changes = Caffeine.newBuilder()
                .maximumSize(MAX_CHANGES)
                .expireAfterWrite(settings.accessMaxAge().plus(LONGEST_ANSWER))
                .build();
    }

    /** Notes whose access a notice changes. */
    public void announce(String conversationId, Block.Notice notice) {
        notice.members().forEach(member -> note(conversationId, member.user().id()));
    }

    /** Whether the answer to a question that was asked at the given time may have been overtaken. */
    boolean mayHaveChanged(Key key, long askedAt) {
        return isAfter(new ChangeOf(key.conversationId(), key.userId()), askedAt)
                || isAfter(new ChangeOf(key.conversationId(), null), askedAt);
    }

    private boolean isAfter(ChangeOf change, long askedAt) {
        Long changedAt = changes.getIfPresent(change);
        return changedAt != null && askedAt - changedAt < SETTLING.toNanos();
    }

    private void note(String conversationId, @Nullable String userId) {
        changes.put(new ChangeOf(conversationId, userId), System.nanoTime());
    }

    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Mono.fromRunnable(() -> batch.forEach(this::handle));
    }

    private void handle(ReceivedEvent event) {
        if (event.data() instanceof MessageCreated created) {
            created.message().notice().ifPresent(notice -> announce(created.conversationId(), notice));
        } else if (event.data() instanceof ConversationUpdated updated) {
            note(updated.conversationId(), updated.userId());
        } else if (event.data() instanceof ConversationDeleted deleted) {
            note(deleted.conversationId(), deleted.userId());
        } else if (event.data() instanceof ConversationReturned returned) {
            returned.userIds().forEach(userId -> note(returned.conversationId(), userId));
        }
    }
}
