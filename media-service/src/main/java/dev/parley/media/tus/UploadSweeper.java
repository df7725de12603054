package dev.parley.media.tus;

import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import dev.parley.platform.job.Term;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Throws away the uploads whose lifetime is over. */
@Component
final class UploadSweeper {

    private static final Logger log = LoggerFactory.getLogger(UploadSweeper.class);

    /** Uploads that are looked for at once. */
    private static final int BATCH = 100;

    private final ResumableUploadStore store;
    private final UploadLocks locks;
    private final UploadRemoval removal;

    UploadSweeper(ResumableUploadStore store, UploadLocks locks, UploadRemoval removal) {
        this.store = store;
        this.locks = locks;
        this.removal = removal;
    }

    @Bean
    static RecurringJob uploadSweep(RecurringJobs jobs, UploadSweeper sweeper, TusSettings settings) {
        return jobs.once("removal of expired uploads", settings.sweepInterval(), Mono.defer(sweeper::sweep));
    }

    /** One that cannot be thrown away holds up no other. */
    Mono<Void> sweep() {
        return store.expired(Instant.now(), BATCH)
                .concatMap(upload -> Term.step(locks.holding(upload.id(), lock -> removal.remove(lock.upload()))
                        .thenReturn(true)
                        .onErrorResume(failure -> {
                            log.warn("Upload {} has expired and could not be thrown away", upload.id(), failure);
                            return Mono.empty();
                        })))
                .count()
                .flatMap(removed -> removed < BATCH ? Mono.empty() : sweep());
    }
}
