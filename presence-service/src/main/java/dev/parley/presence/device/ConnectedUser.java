package dev.parley.presence.device;

import dev.parley.events.UserSummary;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CallerProfiles;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The user of a device, with the sign-in that the device came with. The device acts with newer tokens of the same sign-in
 * when its own token ends.
 */
public final class ConnectedUser {

    /** How long it is waited for the name of a user. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SessionTokens tokens;
    private final UserKey key;
    private volatile Caller caller;

    ConnectedUser(Caller caller, SessionTokens tokens) {
        this.caller = caller;
        this.key = new UserKey(caller.tenantId(), caller.userId());
        this.tokens = tokens;
    }

    public UserKey key() {
        return key;
    }

    public String id() {
        return key.userId();
    }

    public String tenantId() {
        return key.tenantId();
    }

    /** The sign-in that all the user's tokens here belong to. */
    public String sessionId() {
        return caller.sessionId();
    }

    /** How others see the user now; as at the sign-in where that is not known in time. Never fails. */
    public Mono<UserSummary> profile(CallerProfiles profiles) {
        return profiles.current(caller).timeout(PATIENCE, Mono.just(caller)).map(Caller::summary);
    }

    /**
     * The user with a token that is valid now.
     *
     * @return fails if the session was revoked
     */
    public Mono<Caller> acting() {
        Caller known = caller;
        if (tokens.isFresh(known)) {
            return Mono.just(known);
        }
        return tokens.renewed(known).doOnNext(renewed -> caller = renewed);
    }

    /** How long the user can go on acting with the same token; negative where it is too old already. */
    Duration fresh() {
        return tokens.fresh(caller);
    }

    @Override
    public String toString() {
        return "ConnectedUser[" + caller.userId() + "]";
    }
}
