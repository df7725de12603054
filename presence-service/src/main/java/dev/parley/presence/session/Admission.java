package dev.parley.presence.session;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.platform.error.PlatformError;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.DeviceTokens;
import dev.parley.presence.limit.ConnectionLimiter;
import dev.parley.presence.session.AdmissionDecision.Admitted;
import dev.parley.presence.session.AdmissionDecision.Postponed;
import dev.parley.presence.session.AdmissionDecision.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Decides which clients are admitted: verifies their token, lets them wait for their turn, and reads their user's
 * conversations.
 */
@Component
final class Admission {

    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    private final DeviceTokens tokens;
    private final AdmittedMemberships memberships;
    private final RecoveryDecider recovery;
    private final ConnectionLimiter limiter;
    private final AdmissionMetrics metrics;

    Admission(
            DeviceTokens tokens,
            AdmittedMemberships memberships,
            RecoveryDecider recovery,
            ConnectionLimiter limiter,
            AdmissionMetrics metrics) {
        this.tokens = tokens;
        this.memberships = memberships;
        this.recovery = recovery;
        this.limiter = limiter;
        this.metrics = metrics;
    }

    /** Never fails. */
    Mono<AdmissionDecision> decide(ConnectCredentials credentials) {
        Mono<AdmissionDecision> decision = tokens.verify(credentials.token())
                .doOnNext(user -> requireConsistent(credentials, user))
                .flatMap(user -> limiter.awaitTurn(user)
                        .flatMap(turnCame -> turnCame ? admit(user, credentials) : Mono.just(new Postponed())))
                .onErrorResume(failure -> Mono.just(refusal(failure)));
        return metrics.time(decision);
    }

    private Mono<AdmissionDecision> admit(ConnectedUser user, ConnectCredentials credentials) {
        long epoch = memberships.epoch();
        return memberships
                .whenKnown(user)
                .then(Mono.defer(() -> recovery.decide(user, credentials)))
                .flatMap(decided -> memberships
                        .of(user)
                        .map(joined -> new Admitted(new DeviceSession(user, decided, joined, epoch))));
    }

    private static void requireConsistent(ConnectCredentials credentials, ConnectedUser user) {
        String userId = credentials.userId();
        String tenantId = credentials.tenantId();
        if (userId != null && !userId.equals(user.id()) || tenantId != null && !tenantId.equals(user.tenantId())) {
            throw ApiException.of(PlatformError.HEADER_MISMATCH, "userId or tenantId is not the token's");
        }
    }

    /** Refuses only clients that did something wrong: a client that is refused does not come back by itself. */
    private static AdmissionDecision refusal(Throwable failure) {
        ApiException error = ErrorTranslation.translate(failure);
        if (!error.code().isRefusal()) {
            log.warn("Could not admit a client, it must try again: {}", error.toString());
            return new Postponed();
        }
        return new Refused(error);
    }
}
