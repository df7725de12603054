package dev.parley.notification.audience;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The audience as this service stores it. */
@Component
final class StoredAudience implements Audience {

    private final AudienceStore store;
    private final AudienceReadiness readiness;

    StoredAudience(AudienceStore store, AudienceReadiness readiness) {
        this.store = store;
        this.readiness = readiness;
    }

    @Override
    public Mono<AudienceConversation> conversation(String conversationId) {
        return readiness
                .await()
                .then(Mono.defer(() -> store.conversation(conversationId)))
                .mapNotNull(StoredConversation::known);
    }

    @Override
    public Mono<List<AudienceMember>> readers(String conversationId, @Nullable String afterUserId, int limit) {
        return readiness
                .await()
                .thenMany(store.readers(conversationId, afterUserId, limit))
                .map(StoredMember::member)
                .collectList();
    }

    @Override
    public Mono<Map<String, AudienceMember>> members(String conversationId, Collection<String> userIds) {
        List<String> ids = userIds.stream()
                .map(userId -> StoredMember.id(conversationId, userId))
                .toList();
        return readiness.await().then(Mono.defer(() -> store.members(ids))).map(members -> members.values().stream()
                .map(StoredMember::member)
                .collect(Collectors.toMap(AudienceMember::userId, member -> member)));
    }
}
