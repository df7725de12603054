package dev.parley.message.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Asks conversation-service what a user may see and do in a conversation. Fails closed: if conversation-service does not
 * answer, nobody may do anything.
 */
@Component
public final class ConversationAccess {

    /** Bytes of the longest answer: that for a user who is in as many conversations as anybody can be. */
    private static final int MAX_ANSWER_BYTES = 8 << 20;

    private static final int MAX_LOOKED_UP_AT_ONCE = 16;

    record Key(String conversationId, String userId) {}

    /** @param askedAt when conversation-service was asked, by {@link System#nanoTime()} */
    private record CachedAnswer(MemberAccess access, long askedAt) {}

    private record Readable(String conversationId, VisibleRanges windows, boolean active) {}

    private record AllReadable(List<Readable> conversations) {}

    private final WebClient conversations;
    private final RecentAccessChanges changes;
    private final LeavingTimes leavingTimes;
    private final Cache<Key, CachedAnswer> cache;

    ConversationAccess(
            ServiceClients clients,
            ServiceAddresses services,
            RecentAccessChanges changes,
            LeavingTimes leavingTimes,
            AccessSettings settings,
            MeterRegistry meters) {
        this.conversations = clients.at(services.of("conversation"))
                .mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER_BYTES))
                .build();
        this.changes = changes;
        this.leavingTimes = leavingTimes;
        this.cache = CaffeineCacheMetrics.monitor(
                meters,
                Caffeine.newBuilder()
                        .maximumSize(settings.maxCachedAccess())
                        .expireAfterWrite(settings.accessMaxAge())
                        .recordStats()
                        .build(),
                "access");
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
                .bodyToMono(MemberAccess.class)
                .flatMap(access -> access.active()
                        ? Mono.just(access)
                        : leavingTimes.of(conversationId, access.visible()).map(access::with));
    }

    /**
     * The caller's access for sending a message, from a cache if the answer there is young enough: whoever was a member a
     * moment ago could have sent the message then. A change that a system message tells of counts at once.
     *
     * @return fails as {@link #of} does
     */
    public Mono<MemberAccess> toSend(Caller caller, String conversationId) {
        Key key = new Key(conversationId, caller.userId());
        return Mono.defer(() -> {
            CachedAnswer known = cache.getIfPresent(key);
            if (known != null && !changes.mayHaveChanged(key, known.askedAt())) {
                return Mono.just(known.access());
            }
            long now = System.nanoTime();
            return of(caller, conversationId).doOnNext(access -> {
                // Not kept with the event: that may be long, and is soon published.
                if (access.creation() == null) {
                    cache.put(key, new CachedAnswer(access, now));
                }
            });
        });
    }

    /** What the caller may see now of each conversation, by conversation id. */
    public Mono<Map<String, VisibleRanges>> ofAll(Caller caller) {
        return conversations
                .get()
                .uri("/internal/access")
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(AllReadable.class)
                .flatMapIterable(AllReadable::conversations)
                .flatMap(
                        one -> one.active()
                                ? Mono.just(one)
                                : leavingTimes
                                        .of(one.conversationId(), one.windows())
                                        .map(ranges -> new Readable(one.conversationId(), ranges, false)),
                        MAX_LOOKED_UP_AT_ONCE)
                .collectMap(Readable::conversationId, Readable::windows);
    }
}
