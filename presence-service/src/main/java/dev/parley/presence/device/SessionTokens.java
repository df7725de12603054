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

/** The platform tokens with which sockets act. */
@Component
public final class SessionTokens {

    private record Token(String accessToken) {}

    private final WebClient auth;
    private final TokenVerifier verifier;
    private final Duration margin;
    private final Clock clock = Clock.systemUTC();

    SessionTokens(
            ServiceClients clients, ServiceAddresses services, TokenVerifier verifier, PresenceSettings settings) {
        this.auth = clients.platformAt(services.of("auth"));
        this.verifier = verifier;
        this.margin = settings.tokenRenewalMargin();
    }

    /**
     * The user whom a token belongs to.
     *
     * @return fails as {@link TokenVerifier#verify} does
     */
    public Mono<ConnectedUser> user(String token) {
        return verifier.verify(token).map(caller -> new ConnectedUser(caller, this));
    }

    boolean isFresh(Caller caller) {
        return fresh(caller).compareTo(Duration.ZERO) > 0;
    }

    /** How long a token is used before it is replaced. */
    Duration fresh(Caller caller) {
        return Duration.between(clock.instant(), caller.expiresAt().minus(margin));
    }

    /** Asks auth-service, which refuses if the session was revoked. */
    Mono<Caller> renewed(Caller caller) {
        return auth.post()
                .uri("/sessions/{id}/token", caller.sessionId())
                .retrieve()
                .bodyToMono(Token.class)
                .flatMap(token -> verifier.verify(token.accessToken()));
    }
}
