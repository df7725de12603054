package dev.parley.presence.device;

import dev.parley.events.UserSummary;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CallerProfiles;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * The user of a device, with the sign-in that the device connected with. When the device's token expires, newer tokens of
 * the same sign-in take its place.
 */
public final class ConnectedUser {

    /** How long to wait for the current name of a user. */
    private static final Duration PROFILE_TIMEOUT = Duration.ofSeconds(1);

    private final DeviceTokens tokens;
    private final UserKey key;
    /** Replaced when its token expires. */
    private volatile Caller caller;

    ConnectedUser(Caller caller, DeviceTokens tokens) {
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

    /** The id of the sign-in, to which all tokens of this user here belong. */
    public String sessionId() {
        return caller.sessionId();
    }

    /** How others see the user now, or at the sign-in if that cannot be read in time. Never fails. */
    public Mono<UserSummary> profile(CallerProfiles profiles) {
        return profiles.current(caller)
                .timeout(PROFILE_TIMEOUT, Mono.just(caller))
                .map(Caller::summary);
    }

    /**
     * The user with a token that is valid now.
     *
     * @return fails if the sign-in was revoked
     */
    public Mono<Caller> freshCaller() {
        Caller current = caller;
        if (tokens.isFresh(current)) {
            return Mono.just(current);
        }
        return tokens.renew(current).doOnNext(renewed -> caller = renewed);
    }

    /** How long the current token can still be used before it must be renewed; negative if it must be renewed now. */
    Duration timeToRenewal() {
        return tokens.timeToRenewal(caller);
    }

    @Override
    public String toString() {
        return "ConnectedUser[" + caller.userId() + "]";
    }
}
