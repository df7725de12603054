package dev.parley.presence.user;

import dev.parley.events.UserSummary;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CallerProfiles;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/** Whom a socket belongs to. It outlives the token it came with: it acts with tokens of the same session. */
public final class ConnectedUser {

    /** How long it is waited for the name of a user. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final SessionTokens tokens;
    private final AtomicReference<Map<String, Long>> conversations = new AtomicReference<>(Map.of());
    private volatile Caller caller;

    ConnectedUser(Caller caller, SessionTokens tokens) {
        this.caller = caller;
        this.tokens = tokens;
    }

    public String id() {
        return caller.userId();
    }

    public String tenantId() {
        return caller.tenantId();
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

    /** The conversations that the user is let in with, each with the place from which on the user sees it. */
    public ConnectedUser with(Map<String, Long> fromSeqs) {
        conversations.set(fromSeqs);
        return this;
    }

    /** The conversations that the user was let in with, as long as they were not taken. */
    public Map<String, Long> conversations() {
        return Objects.requireNonNull(conversations.get());
    }

    /** Gives the conversations that the user was let in with, once: they change from then on. */
    public Map<String, Long> takeConversations() {
        return conversations.getAndSet(Map.of());
    }

    @Override
    public String toString() {
        return "ConnectedUser[" + caller.userId() + "]";
    }
}
