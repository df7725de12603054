package dev.parley.presence.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The memberships that changed of late, by user. What conversation-service answers about a user may be older than a
 * change that this node was told of, and an event that is repeated is older still: neither may undo the change.
 *
 * <p>What is done within a call happens at one moment for the user: either before another change or after it.
 */
final class RecentChanges {

    /** Longer than any answer is under way, and any event is repeated after. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final long MAX_USERS = 100_000;
    private static final int MAX_CHANGES_OF_A_USER = 1_000;

    /** @param seq the place of the notice; 0 where the conversation began */
    private record Change(long seq, boolean member) {}

    private static final class Changes extends LinkedHashMap<String, Change> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Change> eldest) {
            return size() > MAX_CHANGES_OF_A_USER;
        }
    }

    private final Cache<String, Changes> ofUsers = Caffeine.newBuilder()
            .maximumSize(MAX_USERS)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Remembers a change, and makes it happen unless a later one is known. */
    void apply(String user, String conversationId, long seq, boolean member, Runnable change) {
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

    /** Remembers that a user is no member, whatever the last notice was, and makes it happen; a later notice may undo it. */
    void withdraw(String user, String conversationId, Runnable change) {
        ofUsers.asMap().compute(user, (key, known) -> {
            Changes changes = known == null ? new Changes() : known;
            Change before = changes.remove(conversationId);
            changes.put(conversationId, new Change(before == null ? 0 : before.seq(), false));
            change.run();
            return changes;
        });
    }

    /**
     * Gives what the conversations are that somebody else knew of, after the changes that are known here.
     *
     * @param fromSeqs the place from which on the user sees each; that of the notice, where only that is known
     */
    void amend(String user, Map<String, Long> fromSeqs, Consumer<Map<String, Long>> amended) {
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
