package dev.parley.presence.membership;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Who shares a conversation with whom, as conversation-service knows it. */
@Component
public final class Contacts {

    private record Answer(boolean contacts) {}

    private final WebClient conversations;

    Contacts(ServiceClients clients, ServiceAddresses services) {
        this.conversations = clients.platformAt(services.of("conversation"));
    }

    /** Whether two users are members of the same conversation now. */
    public Mono<Boolean> are(String userId, String otherId) {
        return conversations
                .get()
                .uri(uri -> uri.path("/contacts")
                        .queryParam("userId", "{userId}")
                        .queryParam("otherId", "{otherId}")
                        .build(userId, otherId))
                .retrieve()
                .bodyToMono(Answer.class)
                .map(Answer::contacts);
    }
}
