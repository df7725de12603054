package dev.parley.presence.membership;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Asks conversation-service which users share a conversation. */
@Component
public final class ContactLookup {

    private record ContactResponse(boolean contacts) {}

    private final WebClient conversationService;

    ContactLookup(ServiceClients clients, ServiceAddresses services) {
        this.conversationService = clients.platformAt(services.of("conversation"));
    }

    /** Whether two users are members of the same conversation now. */
    public Mono<Boolean> shareConversation(String userId, String otherId) {
        return conversationService
                .get()
                .uri(uri -> uri.path("/contacts")
                        .queryParam("userId", "{userId}")
                        .queryParam("otherId", "{otherId}")
                        .build(userId, otherId))
                .retrieve()
                .bodyToMono(ContactResponse.class)
                .map(ContactResponse::contacts);
    }
}
