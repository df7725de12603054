package dev.parley.presence.user;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceError;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** What conversation-service knows of a user's conversations. */
@Component
public final class UserConversations {

    private record Joined(String conversationId, long fromSeq) {}

    private record JoinedConversations(List<Joined> conversations) {}

    /** @param active whether the user is a member now; false for a former one */
    private record Access(boolean active) {}

    private final WebClient conversations;

    UserConversations(ServiceClients clients, ServiceAddresses services) {
        this.conversations = clients.at(services.conversation());
    }

    /** The conversations that a user is in, each with the place from which on the user sees it. */
    public Mono<Map<String, Long>> of(Caller caller) {
        return conversations
                .get()
                .uri("/internal/memberships")
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(JoinedConversations.class)
                .map(joined -> joined.conversations().stream()
                        .collect(Collectors.toMap(Joined::conversationId, Joined::fromSeq)));
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
