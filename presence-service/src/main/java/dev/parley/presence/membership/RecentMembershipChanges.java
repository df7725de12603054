package dev.parley.presence.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.presence.device.UserKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The membership changes that this node has read recently, by user. An answer of conversation-service may be older than
 * such a change, and so may a repeated event: neither may undo the change.
 *
 * <p>Calls for the same user run one after another, each together with the action that is passed to it.
 */
final class RecentMembershipChanges {

    /** @param seq the {@code seq} of the system message about the change; 0 for a new conversation */
    private record Change(long seq, boolean member) {}

    private final class Changes extends LinkedHashMap<String, Change> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Change> eldest) {
            return size() > settings.maxChangesPerUser();
        }
    }

    private final MembershipSettings settings;
    private final Cache<UserKey, Changes> byUser;

    RecentMembershipChanges(MembershipSettings settings) {
        this.settings = settings;
        this.byUser = Caffeine.newBuilder()
                .maximumSize(settings.maxChangedUsers())
                .expireAfterWrite(settings.changeRetention())
                .build();
    }

    /** Remembers a change and runs its action, unless a later change is known. */
    void apply(UserKey user, String conversationId, long seq, boolean member, Runnable change) {
        byUser.asMap().compute(user, (key, known) -> {
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

    /**
     * Remembers that a user is not a member, whatever was read before, and runs the action. A later system message may undo
     * it.
     */
    void applyNonMembership(UserKey user, String conversationId, Runnable change) {
        byUser.asMap().compute(user, (key, known) -> {
            Changes changes = known == null ? new Changes() : known;
            Change before = changes.remove(conversationId);
            changes.put(conversationId, new Change(before == null ? 0 : before.seq(), false));
            change.run();
            return changes;
        });
    }

    /**
     * Applies the remembered changes to an answer of conversation-service, and passes the result to the action.
     *
     * @param fromSeqs the first visible {@code seq} of each conversation. The result has the {@code seq} of the system
     *     message where only that is known
     */
    void complete(UserKey user, Map<String, Long> fromSeqs, Consumer<Map<String, Long>> action) {
        byUser.asMap().compute(user, (key, known) -> {
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
            action.accept(all);
            return known;
        });
    }
}
