package dev.parley.media.avatar;

import dev.parley.platform.security.Caller;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Tells auth-service, which owns the users, what their pictures are. */
@Component
final class UserPictures {

    private record Change(String tenantId, String fileId) {}

    private record Changed(@Nullable String replacedFileId) {}

    private final WebClient auth;

    UserPictures(ServiceClients clients, ServiceAddresses services) {
        this.auth = clients.platformAt(services.of("auth"));
    }

    /**
     * Makes a file the picture of a user. The same again changes nothing.
     *
     * @return the file that it replaces; empty if there was none
     */
    Mono<String> change(Caller user, String fileId) {
        return auth.put()
                .uri("/users/{id}/avatar", user.userId())
                .bodyValue(new Change(user.tenantId(), fileId))
                .retrieve()
                .bodyToMono(Changed.class)
                .flatMap(changed -> Mono.justOrEmpty(changed.replacedFileId()));
    }
}
