package dev.parley.auth.session;

import dev.parley.auth.AuthError;
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
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Starts, refreshes and ends sessions. Each refresh token can be used once. If one is used a second time, somebody has copied it, and
 * nobody can tell who, so the session ends for both (RFC 9700, section 4.14.2).
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
            RefreshToken refreshToken = RefreshToken.of(id);
            Session session = new Session(
                    id,
                    user.id(),
                    user.tenantId(),
                    refreshToken.hash(),
                    List.of(),
                    now,
                    now.plus(settings.lifetime()),
                    null);
            return store.add(session).then(issue(user, id, refreshToken));
        });
    }

    /**
     * Gives new tokens for a refresh token. The token counts as used only when everything else has succeeded.
     *
     * @return fails with {@link AuthError#INVALID_REFRESH_TOKEN} or {@link AuthError#REUSED_REFRESH_TOKEN}
     */
    public Mono<SessionTokens> refresh(RefreshToken used) {
        return meters.refreshes(Mono.defer(() -> Mono.justOrEmpty(used.sessionId()))
                .switchIfEmpty(Mono.error(Sessions::invalid))
                .flatMap(id -> store.findLive(id, now())
                        .filter(session -> session.tokenHash().equals(used.hash()))
                        .flatMap(session -> users.get(session.tenantId(), session.userId()))
                        .flatMap(user -> issue(user, id, RefreshToken.of(id)))
                        .flatMap(issued -> store.rotate(
                                        id, used.hash(), issued.refreshToken().hash(), now())
                                .map(rotated -> issued))
                        .switchIfEmpty(Mono.defer(() -> refuse(id, used)))));
    }

    private Mono<SessionTokens> refuse(String sessionId, RefreshToken used) {
        return store.find(sessionId)
                .filter(session -> session.isUsed(used.hash()))
                .flatMap(session -> {
                    log.warn("A refresh token of session {} was used twice, so the session ends", sessionId);
                    return revoke(session, Reason.TOKEN_REUSED)
                            .then(Mono.<SessionTokens>error(ApiException.of(
                                    AuthError.REUSED_REFRESH_TOKEN, "The session has ended: sign in again")));
                })
                .switchIfEmpty(Mono.error(Sessions::invalid));
    }

    /** Ends the session of a refresh token, which may have been used. Any other token ends nothing. */
    public Mono<Void> end(RefreshToken token) {
        return Mono.justOrEmpty(token.sessionId())
                .flatMap(store::find)
                .filter(session -> session.tokenHash().equals(token.hash()) || session.isUsed(token.hash()))
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
