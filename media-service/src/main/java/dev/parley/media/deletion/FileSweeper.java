package dev.parley.media.deletion;

import dev.parley.media.blob.BlobStore;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import dev.parley.platform.job.Term;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Deletes the files that nothing names any more, and the blobs that belong to no file because a process was killed before it
 * had noted them.
 */
@Component
public final class FileSweeper {

    private static final Logger log = LoggerFactory.getLogger(FileSweeper.class);

    /** Blobs without a file are rare, and all blobs are looked through to find them. */
    private static final Duration BLOB_INTERVAL = Duration.ofHours(1);

    private final FileStore files;
    private final BlobStore blobs;
    private final FileRemoval removal;
    private final FileSettings settings;
    private final Counter deleted;
    private final Counter failed;

    FileSweeper(FileStore files, BlobStore blobs, FileRemoval removal, FileSettings settings, MeterRegistry meters) {
        this.files = files;
        this.blobs = blobs;
        this.removal = removal;
        this.settings = settings;
        this.deleted = Counter.builder("parley.files.swept")
                .description("Files that were deleted because nothing named them any more")
                .register(meters);
        this.failed = Counter.builder("parley.files.swept.failed")
                .description("Deletions of files that nothing names that failed and are tried again")
                .register(meters);
    }

    @Bean
    static RecurringJob fileSweep(RecurringJobs jobs, FileSweeper sweeper, FileSettings settings) {
        return jobs.once("removal of files", settings.sweepInterval(), Mono.defer(sweeper::sweepAllFiles));
    }

    @Bean
    static RecurringJob blobSweep(RecurringJobs jobs, FileSweeper sweeper) {
        return jobs.once("removal of blobs without a file", BLOB_INTERVAL, Mono.defer(sweeper::sweepLeftBlobs));
    }

    /**
     * Deletes the files whose time has come, at most a batch of them. One that fails holds up no other.
     *
     * @return how many were deleted
     */
    public Mono<Long> sweepFiles(Instant now) {
        return files.expired(now, settings.sweepBatch())
                .concatMap(file -> Term.step(delete(file).thenReturn(true).onErrorResume(failure -> {
                    failed.increment();
                    log.warn("The file {} could not be deleted; the sweeper tries again", file.id(), failure);
                    return Mono.empty();
                })))
                .doOnNext(done -> deleted.increment())
                .count();
    }

    private Mono<Void> delete(StoredFile file) {
        return files.markDeleted(file.id(), file.expiresAt()).flatMap(removal::remove);
    }

    /** Deletes the blobs that were written before a time and belong to no file. */
    public Mono<Void> sweepBlobs(Instant writtenBefore) {
        return blobs.olderThan(writtenBefore)
                .filterWhen(key -> files.hasBlob(key).map(isOfFile -> !isOfFile))
                .concatMap(key -> Term.step(blobs.delete(key)))
                .then();
    }

    private Mono<Void> sweepAllFiles() {
        return sweepFiles(Instant.now())
                .flatMap(deleted -> deleted < settings.sweepBatch() ? Mono.empty() : sweepAllFiles());
    }

    /** An upload that is under way has written its blob and not noted it yet. */
    private Mono<Void> sweepLeftBlobs() {
        return sweepBlobs(Instant.now().minus(settings.unattachedLifetime()));
    }
}
