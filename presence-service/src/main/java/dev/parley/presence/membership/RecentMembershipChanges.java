package dev.parley.presence.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.presence.device.UserKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The membership changes of the last minutes, by user. An answer of conversation-service about a user may be older than a
 * change that this node has read, and a repeated event is older still: neither may undo the change.
 *
 * <p>Calls for one user run one after another, each with the action that is passed to it.
 */
final class RecentMembershipChanges {

    /** Longer than any answer takes, and longer than any event is repeated later. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final long MAX_USERS = 100_000;
    private static final int MAX_CHANGES_OF_A_USER = 1_000;

    /** @param seq of the system message that told of the change; 0 for the creation of the conversation */
    private record Change(long seq, boolean member) {}

    private static final class Changes extends LinkedHashMap<String, Change> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Change> eldest) {
            return size() > MAX_CHANGES_OF_A_USER;
        }
    }

    private final Cache<UserKey, Changes> ofUsers = Caffeine.newBuilder()
            .maximumSize(MAX_USERS)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Remembers a change and runs it, unless a later change is known. */
    void apply(UserKey user, String conversationId, long seq, boolean member, Runnable change) {
        ofUsers.asMap().compute(user, (key, known) -> {
            Changes changes = known == null ? new Changes() : known;
            Change before = changes.get(conversationId);
            if (before == null || before.seq() <= seq) {
                changes.remove(conversationId);
                changes.put(conversationId, new Change(seq, member));
                change.run();
            }
            return changes;
        });
    }

    /** Remembers that a user is no member, whatever was read before, and runs the change. A later system message may undo it. */
    void withdraw(UserKey user, String conversationId, Runnable change) {
        ofUsers.asMap().compute(user, (key, known) -> {
            Changes changes = known == null ? new Changes() : known;
            Change before = changes.remove(conversationId);
            changes.put(conversationId, new Change(before == null ? 0 : before.seq(), false));
            change.run();
            return changes;
        });
    }

    /**
     * Applies the changes that are known here to an answer of conversation-service, and passes the result on.
     *
     * @param fromSeqs the first visible {@code seq} of each conversation; that of the system message where only that is known
     */
    void amend(UserKey user, Map<String, Long> fromSeqs, Consumer<Map<String, Long>> amended) {
        ofUsers.asMap().compute(user, (key, known) -> {
            Map<String, Long> all = new LinkedHashMap<>(fromSeqs);
            if (known != null) {
                known.forEach((id, change) -> {
                    if (change.member()) {
                        all.putIfAbsent(id, change.seq());
                    } else {
                        all.remove(id);
                    }
                });
            }
            amended.accept(all);
            return known;
        });
    }
}
