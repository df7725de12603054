package dev.parley.notification.audience;

import dev.parley.events.ConversationKind;
import dev.parley.events.CountStart;
import dev.parley.notification.audience.StoredConversation.Tombstone;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** What conversation-service knows of all conversations and of those who are or were in them, page by page. */
@Component
final class AudienceSource {

    /** Bytes of the longest answer: a thousand conversations, each with a thousand tombstones. */
    private static final int MAX_ANSWER_BYTES = 128 << 20;

    record Conversations(List<Conversation> conversations) {}

    record Conversation(
            String conversationId,
            String tenantId,
            ConversationKind kind,
            @Nullable String name,
            long lastSeq,
            long lastOrdinal,
            List<Tombstone> tombstones,
            boolean deleted) {}

    record Members(List<Member> members) {}

    record Member(
            String conversationId,
            String userId,
            boolean active,
            boolean mayRead,
            long changedSeq,
            long fromSeq,
            CountStart read,
            @Nullable CountStart cleared,
            long sentOrdinal,
            List<Long> hiddenSeqs,
            @Nullable Instant mutedUntil) {

        StoredMember stored() {
            return new StoredMember(
                    StoredMember.id(conversationId, userId),
                    conversationId,
                    userId,
                    active,
                    mayRead,
                    active && mayRead,
                    changedSeq,
                    fromSeq,
                    read,
                    cleared,
                    sentOrdinal,
                    hiddenSeqs,
                    mutedUntil,
                    0);
        }
    }

    private final WebClient conversationService;

    AudienceSource(ServiceClients clients, ServiceAddresses services) {
        this.conversationService = clients.platformAt(services.of("conversation"))
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER_BYTES))
                .build();
    }

    /** The first conversations after one, by id; null for the first of all. */
    Mono<List<Conversation>> conversationsAfter(@Nullable String id, int limit) {
        return page("/audience/conversations", id, limit, Conversations.class).map(Conversations::conversations);
    }

    /** The first members after one, by conversation id and user id; null for the first of all. */
    Mono<List<Member>> membersAfter(@Nullable String id, int limit) {
        return page("/audience/members", id, limit, Members.class).map(Members::members);
    }

    private <T> Mono<T> page(String path, @Nullable String after, int limit, Class<T> type) {
        return conversationService
                .get()
                .uri(uri -> {
                    uri.path(path).queryParam("limit", limit);
                    return after == null
                            ? uri.build()
                            : uri.queryParam("after", "{after}").build(after);
                })
                .retrieve()
                .bodyToMono(type);
    }
}
