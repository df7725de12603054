package dev.parley.conversation.membership.saga;

import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import dev.parley.platform.job.Term;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Completes the membership changes that a crash or an error left. */
@Component
final class PendingChangeSweeper {

    private static final Logger log = LoggerFactory.getLogger(PendingChangeSweeper.class);

    private final PendingChangeStore store;
    private final MembershipSaga saga;
    private final MembershipChangeSettings settings;
    private final PendingChangeMetrics metrics;

    PendingChangeSweeper(
            PendingChangeStore store,
            MembershipSaga saga,
            MembershipChangeSettings settings,
            PendingChangeMetrics metrics) {
        this.store = store;
        this.saga = saga;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * Also at the start nothing younger than the age is completed: it may be under way at another instance, which can no longer take back
     * what another carries out, too.
     */
    @Bean
    static RecurringJob pendingChangeSweep(
            RecurringJobs jobs, PendingChangeSweeper sweeper, MembershipChangeSettings settings) {
        return jobs.once(
                "completion of membership changes that were left",
                settings.sweepInterval(),
                Mono.defer(() -> sweeper.sweep(settings.sweepAge())));
    }

    @Bean
    static RecurringJob pendingChangeSample(
            RecurringJobs jobs, PendingChangeSweeper sweeper, MembershipChangeSettings settings) {
        return jobs.everywhere("count of membership changes", settings.sweepInterval(), Mono.defer(sweeper::sample));
    }

    /** Completes the changes that were begun longer ago than the given age. One that fails holds up no other. */
    Mono<Void> sweep(Duration age) {
        return store.olderThan(Instant.now().minus(age), settings.sweepBatch())
                .concatMap(conversation -> Term.step(saga.complete(conversation)
                        .doOnNext(completed -> metrics.swept())
                        .onErrorResume(failure -> {
                            metrics.failed();
                            log.warn(
                                    "The membership change of conversation {} could not be completed",
                                    conversation.id(),
                                    failure);
                            return Mono.empty();
                        })))
                .then();
    }

    Mono<Void> sample() {
        return store.underWay().doOnNext(metrics::sampled).then();
    }
}
