package dev.parley.message.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.message.MessageSettings;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.util.concurrent.CompletableFuture;
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

    private record Key(String conversationId, String userId) {}

    private final WebClient conversations;
    private final AsyncCache<Key, Access> remembered;

    ConversationAccess(ServiceClients clients, ServiceAddresses services, MessageSettings settings) {
        this.conversations = clients.at(services.conversation());
        this.remembered = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(settings.accessMaxAge())
                .buildAsync();
    }

    /**
     * The caller's access, from memory or from conversation-service.
     *
     * @return fails as conversation-service does: not found where there is no such conversation in the caller's tenant,
     *     forbidden where the caller is not a member
     */
    public Mono<Access> of(Caller caller, String conversationId) {
        Key key = new Key(conversationId, caller.userId());
        return Mono.fromFuture(() -> remembered.get(key, (missed, executor) -> ask(caller, conversationId)), true);
    }

    private CompletableFuture<Access> ask(Caller caller, String conversationId) {
        return conversations
                .get()
                .uri("/internal/conversations/{id}/access", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(Access.class)
                .toFuture();
    }
}
