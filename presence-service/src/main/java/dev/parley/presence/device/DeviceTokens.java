package dev.parley.presence.device;

import dev.parley.platform.security.Caller;
import dev.parley.platform.security.TokenVerifier;
import dev.parley.platform.service.ServiceAddresses;
import dev.parley.platform.service.ServiceClients;
import dev.parley.presence.PresenceSettings;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** The platform tokens that devices use when they act. */
@Component
public final class DeviceTokens {

    private record Token(String accessToken) {}

    private final WebClient auth;
    private final TokenVerifier verifier;
    private final Duration margin;
    private final Clock clock = Clock.systemUTC();

    DeviceTokens(ServiceClients clients, ServiceAddresses services, TokenVerifier verifier, PresenceSettings settings) {
        this.auth = clients.platformAt(services.of("auth"));
        this.verifier = verifier;
        this.margin = settings.tokenRenewalMargin();
    }

    /**
     * Verifies the token that a device connects with.
     *
     * @return its user; fails as {@link TokenVerifier#verify} does
     */
    public Mono<ConnectedUser> verify(String token) {
        return verifier.verify(token).map(caller -> new ConnectedUser(caller, this));
    }

    boolean isFresh(Caller caller) {
        return timeToRenewal(caller).compareTo(Duration.ZERO) > 0;
    }

    /** How long the token can still be used before it must be renewed. */
    Duration timeToRenewal(Caller caller) {
        return Duration.between(clock.instant(), caller.expiresAt().minus(margin));
    }

    /** Requests a new token of the same sign-in from auth-service, which refuses if the sign-in was revoked. */
    Mono<Caller> renew(Caller caller) {
        return auth.post()
                .uri("/sessions/{id}/token", caller.sessionId())
                .retrieve()
                .bodyToMono(Token.class)
                .flatMap(token -> verifier.verify(token.accessToken()));
    }
}
