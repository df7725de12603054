package dev.parley.presence.user;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceError;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** What conversation-service knows of a user's conversations. */
@Component
public final class UserConversations {

    private record ConversationIds(List<String> conversationIds) {}

    /** @param active whether the user is a member now; false for a former one */
    private record Access(boolean active) {}

    private final WebClient conversations;

    UserConversations(ServiceClients clients, ServiceAddresses services) {
        this.conversations = clients.at(services.conversation());
    }

    public Mono<List<String>> of(Caller caller) {
        return conversations
                .get()
                .uri("/internal/memberships")
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(ConversationIds.class)
                .map(ConversationIds::conversationIds);
    }

    /** Completes if the user is a member now; fails as conversation-service answers if not. */
    public Mono<Void> requireMember(Caller caller, String conversationId) {
        return conversations
                .get()
                .uri("/internal/conversations/{id}/access", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(Access.class)
                .filter(Access::active)
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(PresenceError.NOT_A_MEMBER, "You are not in this conversation any more")))
                .then();
    }
}
