package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.error.PlatformError;
import dev.parley.presence.limit.Turnstile;
import dev.parley.presence.live.EndedSessions;
import dev.parley.presence.recovery.Arrival;
import dev.parley.presence.recovery.Arrivals;
import dev.parley.presence.socketio.Connect;
import dev.parley.presence.user.ConnectedUser;
import dev.parley.presence.user.SessionTokens;
import dev.parley.presence.user.UserConversations;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Who is let in, and with which conversations. */
@Component
final class Admission {

    private static final Logger log = LoggerFactory.getLogger(Admission.class);
    private static final String BEARER = "Bearer ";

    /** For how many clients at a time conversation-service is asked; when a node goes, all of its clients come at once. */
    private static final int MAX_ASKED_AT_ONCE = 150;

    private final SessionTokens tokens;
    private final UserConversations conversations;
    private final EndedSessions sessions;
    private final Arrivals arrivals;
    private final Turnstile turnstile;
    private final Turns asking = new Turns(MAX_ASKED_AT_ONCE);

    Admission(
            SessionTokens tokens,
            UserConversations conversations,
            EndedSessions sessions,
            Arrivals arrivals,
            Turnstile turnstile) {
        this.turnstile = turnstile;
        this.arrivals = arrivals;
        this.sessions = sessions;
        this.tokens = tokens;
        this.conversations = conversations;
    }

    /** @param auth what the client shows: {@code {token, userId?, tenantId?, pid?, offset?}} */
    Mono<Connect> decide(ObjectNode auth) {
        return tokens.user(token(auth))
                .doOnNext(user -> requireConsistent(auth, user))
                .flatMap(user -> turnstile
                        .pass(user)
                        .flatMap(passed -> passed ? letIn(user, auth) : Mono.just(new Connect.Postponed())))
                .onErrorResume(failure -> Mono.just(refusal(failure)));
    }

    private Mono<Connect> letIn(ConnectedUser user, ObjectNode auth) {
        return arrivals.of(user, auth)
                .flatMap(arrival -> asking.take(user.acting().flatMap(conversations::of))
                        .map(known -> accept(user.with(known), arrival)));
    }

    /** Whether somebody who was let in must go again: the sign-in may have ended meanwhile. */
    boolean isOver(ConnectedUser user) {
        return sessions.contains(user);
    }

    /** Counts somebody who was let in, until {@link #went}. @return false if there is no place after all */
    boolean came(ConnectedUser user) {
        return turnstile.came(user);
    }

    void went(ConnectedUser user) {
        turnstile.went(user);
    }

    /** Into its rooms when it is welcomed, by what has changed until then. */
    private static Connect accept(ConnectedUser user, Arrival arrival) {
        return new Connect.Accepted(user, Map.of("pid", arrival.pid()), List.of());
    }

    private static String token(ObjectNode auth) {
        String given = auth.path("token").asString("");
        return given.startsWith(BEARER) ? given.substring(BEARER.length()) : given;
    }

    private static void requireConsistent(ObjectNode auth, ConnectedUser user) {
        String userId = auth.path("userId").asString(user.id());
        String tenantId = auth.path("tenantId").asString(user.tenantId());
        if (!userId.equals(user.id()) || !tenantId.equals(user.tenantId())) {
            throw ApiException.of(PlatformError.HEADER_MISMATCH, "userId or tenantId is not the token's");
        }
    }

    /** Only for what the client has done wrong: one that is refused does not come again by itself. */
    private static Connect refusal(Throwable failure) {
        ApiException error = ErrorTranslation.translate(failure);
        if (!error.code().status().is4xxClientError()) {
            log.warn("A client is to come again later: {}", error.toString());
            return new Connect.Postponed();
        }
        return Connect.refuse(error.detail(), Map.of("code", error.code().code()));
    }
}
