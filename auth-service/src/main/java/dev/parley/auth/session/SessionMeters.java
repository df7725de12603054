package dev.parley.auth.session;

import dev.parley.auth.OutcomeCounter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Counts how refreshes end, and the sessions that are ended. */
@Component
class SessionMeters {

    private static final String ENDED = "parley.auth.sessions.ended";
    private static final String REASON = "reason";

    /** Why a session was ended. */
    enum Reason {
        SIGNED_OUT,
        SIGNED_OUT_EVERYWHERE,
        TOKEN_REUSED
    }

    private final MeterRegistry meters;
    private final OutcomeCounter refreshes;
    private final Counter retried;

    SessionMeters(MeterRegistry meters) {
        this.meters = meters;
        this.refreshes =
                new OutcomeCounter(meters, "parley.auth.refreshes", "Refreshes of sessions, by how they ended");
        this.retried = Counter.builder("parley.auth.refreshes.retried")
                .description("Refreshes that were a retry, and got the same successor again")
                .register(meters);
        for (Reason reason : Reason.values()) {
            endings(reason);
        }
    }

    Mono<SessionTokens> refreshes(Mono<SessionTokens> refresh) {
        return refreshes.count(refresh);
    }

    void retried() {
        retried.increment();
    }

    void ended(Reason reason) {
        endings(reason).increment();
    }

    private Counter endings(Reason reason) {
        return Counter.builder(ENDED)
                .description("Sessions that were ended")
                .tag(REASON, tag(reason))
                .register(meters);
    }

    private static String tag(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
