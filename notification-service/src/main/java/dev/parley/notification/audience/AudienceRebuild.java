package dev.parley.notification.audience;

import dev.parley.notification.audience.RebuildState.Phase;
import dev.parley.platform.id.Ids;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Copies everything that conversation-service knows: at the first start, and whenever it is told to. One instance does it, page
 * by page, and another goes on if it dies. Events are applied meanwhile, and questions are answered by what is known; only
 * before everything was copied for the first time they wait.
 */
@Component
final class AudienceRebuild {

    private static final Logger log = LoggerFactory.getLogger(AudienceRebuild.class);

    private final RebuildStore states;
    private final AudienceCopy copy;
    private final AudienceReadiness readiness;
    private final AudienceSettings settings;
    private final String ownId = Ids.next();

    AudienceRebuild(RebuildStore states, AudienceCopy copy, AudienceReadiness readiness, AudienceSettings settings) {
        this.states = states;
        this.copy = copy;
        this.readiness = readiness;
        this.settings = settings;
    }

    /** In each instance, as each must know when everything was copied. */
    @Bean
    static RecurringJob copyOfTheAudience(RecurringJobs jobs, AudienceRebuild rebuild, AudienceSettings settings) {
        return jobs.everywhere("copy of the audience", settings.checkInterval(), rebuild.turn());
    }

    private Mono<Void> turn() {
        AtomicBoolean started = new AtomicBoolean(!settings.rebuildOnStart());
        Mono<?> first = states.restart().doOnSuccess(done -> started.set(true));
        return Mono.defer(() -> (started.get() ? Mono.empty() : first).then(check()));
    }

    private Mono<Void> check() {
        return states.read()
                .flatMap(state -> {
                    if (state.completeSince() != null) {
                        readiness.complete();
                    }
                    return state.phase() == Phase.DONE ? Mono.empty() : states.hold(ownId);
                })
                .flatMap(this::copyAll);
    }

    private Mono<Void> copyAll(RebuildState held) {
        return Mono.just(held)
                .expand(state -> state.phase() == Phase.DONE ? Mono.empty() : next(state))
                .last()
                .filter(state -> state.phase() == Phase.DONE)
                .doOnNext(done -> {
                    log.info("Copied {} conversations and {} members", done.conversations(), done.members());
                    readiness.complete();
                })
                .onErrorResume(failure -> states.release(held).then(Mono.error(failure)))
                .then();
    }

    /** @return empty if another goes on */
    private Mono<RebuildState> next(RebuildState state) {
        Mono<AudienceCopy.Portion> portion =
                state.phase() == Phase.CONVERSATIONS ? copy.conversations(state.after()) : copy.members(state.after());
        return portion.flatMap(copied -> states.advance(state, copied));
    }
}
