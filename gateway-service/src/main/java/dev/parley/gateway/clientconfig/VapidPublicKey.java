package dev.parley.gateway.clientconfig;

import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * The key with which browsers subscribe to web push (RFC 8292). It stays the same, so notification-service is asked until it is known: once
 * for all who want to know, and after a failure not again at once.
 */
@Component
class VapidPublicKey {

    private static final Logger log = LoggerFactory.getLogger(VapidPublicKey.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FOR_GOOD = Duration.ofMillis(Long.MAX_VALUE);

    private record PushConfig(@Nullable String vapidPublicKey) {}

    private final WebClient notification;
    private final Mono<String> key = Mono.defer(this::ask).cache(known -> FOR_GOOD, failure -> PAUSE, () -> PAUSE);

    VapidPublicKey(ServiceClients clients, ServiceAddresses services) {
        this.notification = clients.platformAt(services.of("notification"));
    }

    /** Empty if it is not known yet and notification-service does not answer: clients need the rest all the same, and ask again. */
    Mono<String> get() {
        return key;
    }

    private Mono<String> ask() {
        return notification
                .get()
                .uri("/push-config")
                .retrieve()
                .bodyToMono(PushConfig.class)
                .timeout(LONGEST_WAIT)
                .mapNotNull(PushConfig::vapidPublicKey)
                .onErrorResume(failure -> {
                    log.warn("Clients are not told how to subscribe to web push: {}", failure.toString());
                    return Mono.empty();
                });
    }
}
