package dev.parley.media.processing;

import dev.parley.media.blob.BlobStore;
import dev.parley.media.blob.BlobStore.Blob;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The files that are worked on. Nobody else may read them, because they are not encrypted. What a crash left is removed at the
 * next start, and then every hour.
 */
@Component
final class WorkFolder {

    private static final Duration INTERVAL = Duration.ofHours(1);

    private static final String PREFIX = "content-";

    /** What is older belongs to no running instance. */
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final BlobStore blobs;
    private final Path folder;

    WorkFolder(BlobStore blobs, ProcessingSettings settings) {
        this.blobs = blobs;
        this.folder = settings.folder().isEmpty()
                ? Path.of(System.getProperty("java.io.tmpdir"), "parley-media-" + System.getProperty("user.name"))
                : Path.of(settings.folder());
        try {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException("No folder to work in: " + folder, unusable);
        }
    }

    @Bean
    static RecurringJob cleaningOfTheWorkFolder(RecurringJobs jobs, WorkFolder folder) {
        return jobs.everywhere(
                "cleaning of the work folder",
                INTERVAL,
                Mono.fromCallable(() -> {
                            folder.removeLeftovers(Instant.now().minus(MAX_AGE));
                            return true;
                        })
                        .subscribeOn(Schedulers.boundedElastic()));
    }

    /** Blocks. */
    void removeLeftovers(Instant before) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(PREFIX)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A new file without content. Blocks. */
    Path create() throws IOException {
        return Files.createTempFile(folder, PREFIX, ".work");
    }

    /** Writes the content of a blob into a file; fails if there is no such blob. */
    Mono<Void> fetch(String key, Path file) {
        return blobs.open(key, null)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The content of the file is not there")))
                .map(Blob::content)
                .flatMap(content -> DataBufferUtils.write(content, file));
    }

    /** Blocks. */
    boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }
}
