package dev.parley.media.access;

import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Asks conversation-service who is a member. Fails closed: if it does not answer, nobody but its uploader sees a file.
 */
@Component
public final class Memberships {

    private final WebClient conversations;

    Memberships(ServiceClients clients, ServiceAddresses services) {
        this.conversations = clients.at(services.of("conversation"));
    }

    /**
     * The caller's membership as it is now.
     *
     * @return fails as conversation-service does: not found where there is no such conversation in the caller's tenant,
     *     forbidden where the caller has never been a member
     */
    public Mono<Membership> of(Caller caller, String conversationId) {
        return conversations
                .get()
                .uri("/internal/conversations/{id}/access", conversationId)
                .headers(ServiceClients.as(caller.token()))
                .retrieve()
                .bodyToMono(Membership.class);
    }
}
