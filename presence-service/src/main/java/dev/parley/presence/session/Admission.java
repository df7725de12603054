package dev.parley.presence.session;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.error.PlatformError;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.SessionTokens;
import dev.parley.presence.limit.Bulkhead;
import dev.parley.presence.limit.ConnectionLimiter;
import dev.parley.presence.membership.UserConversations;
import dev.parley.presence.session.AdmissionDecision.Admitted;
import dev.parley.presence.session.AdmissionDecision.Postponed;
import dev.parley.presence.session.AdmissionDecision.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides which clients are let in: by their token, in their turn, with the conversations of their user. */
@Component
final class Admission {

    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    /**
     * For how many clients at a time conversation-service is asked: when a node goes down, all of its clients connect at once.
     */
    private static final int MAX_CONCURRENT_LOOKUPS = 150;

    private final SessionTokens tokens;
    private final UserConversations conversations;
    private final RecoveryDecider recovery;
    private final ConnectionLimiter limiter;
    private final Bulkhead lookups = new Bulkhead(MAX_CONCURRENT_LOOKUPS);

    Admission(
            SessionTokens tokens,
            UserConversations conversations,
            RecoveryDecider recovery,
            ConnectionLimiter limiter) {
        this.tokens = tokens;
        this.conversations = conversations;
        this.recovery = recovery;
        this.limiter = limiter;
    }

    /** Never fails. */
    Mono<AdmissionDecision> decide(Credentials credentials) {
        return tokens.user(credentials.token())
                .doOnNext(user -> requireConsistent(credentials, user))
                .flatMap(user -> limiter.pass(user)
                        .flatMap(passed -> passed ? admit(user, credentials) : Mono.just(new Postponed())))
                .onErrorResume(failure -> Mono.just(refusal(failure)));
    }

    private Mono<AdmissionDecision> admit(ConnectedUser user, Credentials credentials) {
        return recovery.decide(user, credentials)
                .flatMap(decided -> lookups.run(user.acting().flatMap(conversations::of))
                        .map(fromSeqs -> new Admitted(new Session(user, decided, fromSeqs))));
    }

    private static void requireConsistent(Credentials credentials, ConnectedUser user) {
        String userId = credentials.userId();
        String tenantId = credentials.tenantId();
        if (userId != null && !userId.equals(user.id()) || tenantId != null && !tenantId.equals(user.tenantId())) {
            throw ApiException.of(PlatformError.HEADER_MISMATCH, "userId or tenantId is not the token's");
        }
    }

    /** Refuses only for what the client did wrong: a client that is refused does not come again by itself. */
    private static AdmissionDecision refusal(Throwable failure) {
        ApiException error = ErrorTranslation.translate(failure);
        if (!error.code().status().is4xxClientError()) {
            log.warn("A client could not be admitted and is to come again: {}", error.toString());
            return new Postponed();
        }
        return new Refused(error);
    }
}
