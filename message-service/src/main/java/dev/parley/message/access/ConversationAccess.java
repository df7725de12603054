package dev.parley.message.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.message.MessageSettings;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * The one place that says whether somebody may read or write in a conversation. Fails closed: where
 * conversation-service does not answer, nobody may.
 */
@Component
public final class ConversationAccess {

    private static final long MAX_REMEMBERED = 200_000;

    /** Bytes of the longest answer: of a user who is in as many conversations as anybody can be. */
    private static final int MAX_ANSWER = 8 << 20;

    record Key(String conversationId, String userId) {}

    /** @param askedAt when conversation-service was asked, by {@link System#nanoTime()} */
    private record Remembered(MemberAccess access, long askedAt) {}

    private record Readable(String conversationId, VisibleRanges windows) {}

    private record AllReadable(List<Readable> conversations) {}

    private final WebClient conversations;
    private final RecentAccessChanges changes;
    private final Cache<Key, Remembered> remembered;

    ConversationAccess(
            ServiceClients clients, ServiceAddresses services, RecentAccessChanges changes, MessageSettings settings) {
        this.conversations = clients.at(services.of("conversation"))
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
        this.changes = changes;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(settings.accessMaxAge())
                .build();
    }

    /**
     * The caller's access as it is now.
     *
     * @return fails as conversation-service does: not found where there is no such conversation in the caller's tenant,
     *     forbidden where the caller has never been a member
     */
    public Mono<MemberAccess> of(Caller caller, String conversationId) {
        return conversations
                .get()
                .uri("/internal/conversations/{id}/access", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(MemberAccess.class);
    }

    /**
     * The caller's access as it was a short while ago, which is enough for writing: whoever was a member a moment ago
     * might have written then. What a notice says is known at once.
     *
     * @return fails as {@link #of} does
     */
    public Mono<MemberAccess> toSend(Caller caller, String conversationId) {
        Key key = new Key(conversationId, caller.userId());
        return Mono.defer(() -> {
            Remembered known = remembered.getIfPresent(key);
            if (known != null && !changes.mayHaveChanged(key, known.askedAt())) {
                return Mono.just(known.access());
            }
            long now = System.nanoTime();
            return of(caller, conversationId).doOnNext(access -> remembered.put(key, new Remembered(access, now)));
        });
    }

    /** What the caller may see now of all conversations, by their ids. */
    public Mono<Map<String, VisibleRanges>> ofAll(Caller caller) {
        return conversations
                .get()
                .uri("/internal/access")
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(AllReadable.class)
                .map(all -> all.conversations().stream()
                        .collect(Collectors.toMap(Readable::conversationId, Readable::windows)));
    }
}
