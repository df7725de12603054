package dev.parley.auth.session;

import dev.parley.auth.AuthError;
import dev.parley.auth.session.Session.Rotation;
import dev.parley.auth.session.Session.TokenState;
import dev.parley.auth.session.SessionMeters.Reason;
import dev.parley.auth.token.AccessToken;
import dev.parley.auth.token.TokenIssuer;
import dev.parley.auth.user.User;
import dev.parley.auth.user.Users;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Starts, refreshes and ends sessions. Each refresh token can be used once. If it comes again soon, and its successor was not used, its
 * answer was lost or two tabs were at it at once: then it gets the same successor. If a used token comes at any other time, somebody has
 * copied it, and nobody can tell who, so the session ends for both (RFC 9700, section 4.14.2).
 */
@Component
public class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private static final int MAX_ENDED_AT_ONCE = 16;

    private final SessionStore store;
    private final SessionSettings settings;
    private final TokenIssuer tokens;
    private final Users users;
    private final Clock clock;
    private final SessionMeters meters;

    Sessions(
            SessionStore store,
            SessionSettings settings,
            TokenIssuer tokens,
            Users users,
            Clock clock,
            SessionMeters meters) {
        this.store = store;
        this.settings = settings;
        this.tokens = tokens;
        this.users = users;
        this.clock = clock;
        this.meters = meters;
    }

    /** Starts a session of a user whose identity was proved. */
    public Mono<SessionTokens> start(User user) {
        return Mono.defer(() -> {
            Instant now = now();
            String id = Ids.next();
            RefreshToken refreshToken = RefreshToken.first(id);
            Session session = new Session(
                    id,
                    user.id(),
                    user.tenantId(),
                    refreshToken.familyHash().orElseThrow(),
                    refreshToken.hash(),
                    null,
                    now,
                    settings.endOf(now, now),
                    null);
            return store.add(session).then(issue(user, id, refreshToken));
        });
    }

    /**
     * Gives new tokens for a refresh token. The token counts as used only when everything else has succeeded.
     *
     * @return fails with {@link AuthError#INVALID_REFRESH_TOKEN} or {@link AuthError#REUSED_REFRESH_TOKEN}
     */
    public Mono<SessionTokens> refresh(RefreshToken token) {
        return meters.refreshes(Mono.defer(() -> attempt(token))
                // Somebody else used the token meanwhile: now this is a retry, or too late.
                .switchIfEmpty(Mono.defer(() -> attempt(token)))
                .switchIfEmpty(Mono.error(Sessions::invalid)));
    }

    /** Empty if the token was used meanwhile. */
    private Mono<SessionTokens> attempt(RefreshToken token) {
        Instant now = now();
        return Mono.justOrEmpty(token.sessionId())
                .flatMap(id -> store.findLive(id, now))
                .switchIfEmpty(Mono.error(Sessions::invalid))
                .flatMap(session -> switch (session.stateOf(token, now, settings.retryGrace())) {
                    case CURRENT -> rotate(session, token, now);
                    case RETRIED -> repeat(session, token);
                    case REUSED -> endReused(session);
                    case UNKNOWN -> Mono.error(invalid());
                });
    }

    private Mono<SessionTokens> rotate(Session session, RefreshToken token, Instant now) {
        Rotation rotation = new Rotation(token.hash(), RefreshToken.newSalt(), now);
        return issueAgain(session, token.successor(rotation.salt()))
                .flatMap(issued ->
                        store.rotate(session, rotation, issued.refreshToken()).map(rotated -> issued));
    }

    private Mono<SessionTokens> repeat(Session session, RefreshToken token) {
        Rotation rotation = Objects.requireNonNull(session.lastRotation());
        return issueAgain(session, token.successor(rotation.salt())).doOnNext(issued -> meters.retried());
    }

    private Mono<SessionTokens> endReused(Session session) {
        log.warn("A used refresh token of session {} came again, so the session ends", session.id());
        return revoke(session, Reason.TOKEN_REUSED)
                .then(Mono.error(
                        () -> ApiException.of(AuthError.REUSED_REFRESH_TOKEN, "The session has ended: sign in again")));
    }

    /** Ends the session of a refresh token, which may have been used. Any other token ends nothing. */
    public Mono<Void> end(RefreshToken token) {
        return Mono.justOrEmpty(token.sessionId())
                .flatMap(store::find)
                .filter(session -> session.stateOf(token, now(), settings.retryGrace()) != TokenState.UNKNOWN)
                .flatMap(session -> revoke(session, Reason.SIGNED_OUT));
    }

    /** Ends a session. Services refuse its access tokens and close its sockets when they read the event. */
    public Mono<Void> end(String sessionId) {
        return store.find(sessionId).flatMap(session -> revoke(session, Reason.SIGNED_OUT));
    }

    /** Ends all sessions of a user. */
    public Mono<Void> endAllOf(String userId) {
        return store.ofUser(userId)
                .flatMap(
                        session -> revoke(session, Reason.SIGNED_OUT_EVERYWHERE).thenReturn(session), MAX_ENDED_AT_ONCE)
                .count()
                .repeat()
                .takeUntil(ended -> ended < SessionStore.MAX_AT_ONCE)
                .then();
    }

    /** @return an access token of a session, for which no refresh token is used; fails with {@link AuthError#SESSION_ENDED} */
    public Mono<AccessToken> accessToken(String sessionId) {
        return Mono.defer(() -> store.findLive(sessionId, now()))
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(AuthError.SESSION_ENDED, "The session has ended: sign in again")))
                .flatMap(session -> users.get(session.tenantId(), session.userId()))
                .flatMap(user -> tokens.issue(user, sessionId));
    }

    private Mono<Void> revoke(Session session, Reason reason) {
        return store.revoke(session, now())
                .doOnNext(revoked -> meters.ended(reason))
                .then();
    }

    private Mono<SessionTokens> issueAgain(Session session, RefreshToken refreshToken) {
        return users.get(session.tenantId(), session.userId()).flatMap(user -> issue(user, session.id(), refreshToken));
    }

    private Mono<SessionTokens> issue(User user, String sessionId, RefreshToken refreshToken) {
        return tokens.issue(user, sessionId).map(accessToken -> new SessionTokens(user, accessToken, refreshToken));
    }

    private static ApiException invalid() {
        return ApiException.of(AuthError.INVALID_REFRESH_TOKEN, "The refresh token cannot be accepted: sign in again");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
