package dev.parley.notification.audience;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds what is unread by what is stored: one query for the user, and one for each thousand conversations that the user is in. */
@Component
final class StoredUnread implements UnreadConversations {

    private static final int MAX_AT_ONCE = 1_000;

    private static final Comparator<UnreadConversation> MOST_FIRST =
            Comparator.comparingLong(UnreadConversation::messages).reversed();

    private final AudienceStore store;
    private final AudienceReadiness readiness;

    StoredUnread(AudienceStore store, AudienceReadiness readiness) {
        this.store = store;
        this.readiness = readiness;
    }

    @Override
    public Mono<Unread> of(String userId, Instant now, int limit) {
        return readiness
                .await()
                .thenMany(store.readBy(List.of(userId)))
                .filter(member -> !member.member().muted(now))
                .buffer(MAX_AT_ONCE)
                .concatMap(this::unread)
                .reduce(new Unread(0, 0, List.of()), (all, some) -> add(all, some, limit));
    }

    private static Unread add(Unread all, List<UnreadConversation> some, int limit) {
        return new Unread(
                all.conversations() + some.size(),
                all.messages()
                        + some.stream().mapToLong(UnreadConversation::messages).sum(),
                Stream.concat(all.first().stream(), some.stream())
                        .sorted(MOST_FIRST)
                        .limit(limit)
                        .toList());
    }

    private Mono<List<UnreadConversation>> unread(List<StoredMember> members) {
        List<String> ids = members.stream().map(StoredMember::conversationId).toList();
        return store.conversations(ids).map(conversations -> members.stream()
                .map(member -> unread(member, conversations.get(member.conversationId())))
                .filter(Objects::nonNull)
                .toList());
    }

    private static @Nullable UnreadConversation unread(StoredMember member, @Nullable StoredConversation conversation) {
        AudienceConversation known = conversation == null ? null : conversation.known();
        long messages = conversation == null || known == null ? 0 : member.unread(conversation);
        return known == null || messages == 0 ? null : new UnreadConversation(known, member.readUpTo(), messages);
    }
}
