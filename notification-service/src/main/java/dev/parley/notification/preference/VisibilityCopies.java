package dev.parley.notification.preference;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Tells auth-service, which shows users to others, who may see when they were last seen. */
@Component
class VisibilityCopies {

    private static final Logger log = LoggerFactory.getLogger(VisibilityCopies.class);

    private record Copy(String tenantId, String lastSeenVisibility, long preferencesRevision) {}

    private final WebClient auth;

    VisibilityCopies(ServiceClients clients, ServiceAddresses services) {
        this.auth = clients.platformAt(services.of("auth"));
    }

    /**
     * Writes the copy, so that what is asked after this is answered by it. If auth-service is away, the change stands all the same, as it is
     * stored and published: auth-service reads it from {@code preferences.changed} when it is back.
     */
    Mono<Void> write(UserPreferences preferences) {
        String visibility = preferences.lastSeenVisibility();
        if (visibility == null) {
            return Mono.empty();
        }
        return auth.put()
                .uri("/users/{id}/last-seen-visibility", preferences.userId())
                .bodyValue(new Copy(preferences.tenantId(), visibility, preferences.revision()))
                .retrieve()
                .bodyToMono(Void.class)
                .onErrorResume(failure -> {
                    log.warn(
                            "The last-seen visibility of user {} reaches auth-service by its event alone: {}",
                            preferences.userId(),
                            failure.toString());
                    return Mono.empty();
                });
    }
}
