package dev.parley.notification.audience;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Counts what users have not read by what is stored. One query finds all that the users are in, and one for each thousand of these finds
 * how many messages there are.
 */
@Component
final class StoredBadges implements Badges {

    private static final int MAX_AT_ONCE = 1_000;

    private final AudienceStore store;
    private final AudienceReadiness readiness;

    StoredBadges(AudienceStore store, AudienceReadiness readiness) {
        this.store = store;
        this.readiness = readiness;
    }

    @Override
    public Mono<Map<String, Long>> of(Collection<String> userIds) {
        Map<String, Long> none = new HashMap<>();
        userIds.forEach(userId -> none.put(userId, 0L));
        return readiness
                .await()
                .thenMany(store.readBy(none.keySet()))
                .buffer(MAX_AT_ONCE)
                .concatMap(this::counted)
                .reduce(none, (counts, some) -> {
                    some.forEach((userId, count) -> counts.merge(userId, count, Long::sum));
                    return counts;
                });
    }

    private Mono<Map<String, Long>> counted(List<StoredMember> members) {
        List<String> ids =
                members.stream().map(StoredMember::conversationId).distinct().toList();
        return store.conversations(ids).map(conversations -> members.stream()
                .collect(Collectors.groupingBy(
                        StoredMember::userId, Collectors.summingLong(member -> unread(member, conversations)))));
    }

    private static long unread(StoredMember member, Map<String, StoredConversation> conversations) {
        StoredConversation conversation = conversations.get(member.conversationId());
        return conversation == null || conversation.deleted() ? 0 : member.unread(conversation);
    }
}
