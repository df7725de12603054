package dev.parley.presence.chatcore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.id.Fingerprint;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.device.ConnectedUser;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has media-service take the pictures that clients offer when they connect. Nobody waits for it, and a picture that cannot be had changes nothing:
 * it must not keep anybody from chatting.
 */
@Component
final class OfferedAvatars {

    private static final Logger log = LoggerFactory.getLogger(OfferedAvatars.class);

    /** A client that reconnects often offers the same each time. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int MAX_REMEMBERED = 50_000;

    private final WebClient media;
    private final Cache<String, Boolean> offered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    OfferedAvatars(ServiceClients clients, ServiceAddresses services) {
        this.media = clients.at(services.of("media"));
    }

    /** @param auth what the client sends: {@code {avatarUrl?, avatar?: {url?, base64?}}} */
    void offer(ConnectedUser user, ObjectNode auth) {
        Map<String, String> source = source(auth);
        if (source == null) {
            return;
        }
        String offer = Fingerprint.of(user.key().toString(), source.toString());
        if (offered.asMap().putIfAbsent(offer, true) != null) {
            return;
        }
        user.freshCaller()
                .flatMap(caller -> media.post()
                        .uri("/api/v1/users/me/avatar/sync")
                        .headers(ServiceClients.as(caller.token()))
                        .bodyValue(source)
                        .retrieve()
                        .toBodilessEntity())
                .then()
                .onErrorResume(failure -> {
                    offered.invalidate(offer);
                    log.debug("The picture that {} offers is not taken", user.key(), failure);
                    return Mono.empty();
                })
                .subscribe();
    }

    private static @Nullable Map<String, String> source(ObjectNode auth) {
        String base64 = auth.path("avatar").path("base64").asString("");
        String url =
                auth.path("avatar").path("url").asString(auth.path("avatarUrl").asString(""));
        if (!base64.isBlank()) {
            return Map.of("base64", base64);
        }
        return url.isBlank() ? null : Map.of("url", url);
    }
}
