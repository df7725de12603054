package dev.parley.conversation.mediaservice;

import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Has media-service keep the files that are icons. */
@Component
public final class IconFiles {

    private static final String PURPOSE = "icon";

    private record Claim(String tenantId, String userId, String fileId, String purpose, String conversationId) {}

    private final WebClient media;

    IconFiles(ServiceClients clients, ServiceAddresses services) {
        this.media = clients.platformAt(services.of("media"));
    }

    /**
     * Takes a file of the caller for the icon of a conversation. The same again changes nothing.
     *
     * @return fails as media-service refuses it: there is no such file of the caller, it is not ready, no image, or belongs to another
     *     conversation. While media-service is away no icon can be set: one that might be gone tomorrow is worse than none
     */
    public Mono<Void> claim(Caller caller, String conversationId, String fileId) {
        return media.post()
                .uri("/files/claim")
                .bodyValue(new Claim(caller.tenantId(), caller.userId(), fileId, PURPOSE, conversationId))
                .retrieve()
                .toBodilessEntity()
                .then();
    }
}
