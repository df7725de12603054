package dev.parley.media.processing;

import dev.parley.media.blob.BlobKeys;
import dev.parley.media.blob.BlobStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Media;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.media.malware.MalwareScanner;
import dev.parley.media.malware.ScanRefusedException;
import dev.parley.media.preview.Preview;
import dev.parley.media.preview.Preview.Thumbnail;
import dev.parley.media.preview.Previews;
import dev.parley.media.processing.ProcessingMetrics.Outcome;
import dev.parley.platform.error.ApiException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Does the work on one file: scans it, lets it be shown, and makes its preview. */
@Component
final class FileProcessor {

    private static final Logger log = LoggerFactory.getLogger(FileProcessor.class);

    private final WorkFolder folder;
    private final Workers workers;
    private final MalwareScanner scanner;
    private final Previews previews;
    private final ProcessingResults results;
    private final BlobStore blobs;

    FileProcessor(
            WorkFolder folder,
            Workers workers,
            MalwareScanner scanner,
            Previews previews,
            ProcessingResults results,
            BlobStore blobs) {
        this.folder = folder;
        this.workers = workers;
        this.scanner = scanner;
        this.previews = previews;
        this.results = results;
        this.blobs = blobs;
    }

    /** @return fails with {@link ScannerAwayException} while clamd is away, and with anything else if this try failed */
    Mono<Outcome> process(StoredFile file) {
        boolean toScan = file.status() == Status.SCANNING && scanner.isConfigured();
        if (!toScan && !previews.canBeMadeOf(file.mimeType())) {
            return results.done(file, file.media()).thenReturn(Outcome.DONE);
        }
        return Mono.usingWhen(
                workers.call(folder::create),
                content -> folder.fetch(file.uploaded().key(), content)
                        .then(Mono.defer(() -> toScan ? scanned(file, content) : clean(file, content))),
                content -> workers.call(() -> folder.delete(content)));
    }

    private Mono<Outcome> scanned(StoredFile file, Path content) {
        return workers.call(() -> scanner.scan(content))
                .onErrorMap(FileProcessor::isAway, ScannerAwayException::new)
                .flatMap(malware -> malware.isPresent() ? infected(file, malware.get()) : clean(file, content));
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof IOException && !(failure instanceof ScanRefusedException);
    }

    private Mono<Outcome> infected(StoredFile file, String malware) {
        log.warn("The file {} holds {}, and is not served", file.id(), malware);
        return results.rejected(file, Status.INFECTED).thenReturn(Outcome.INFECTED);
    }

    /** It may be shown before its preview is there. */
    private Mono<Outcome> clean(StoredFile file, Path content) {
        Mono<Void> shown = file.isReady() ? Mono.empty() : results.ready(file);
        return shown.then(workers.call(() -> preview(file, content)))
                .flatMap(preview -> finish(file, preview))
                .onErrorResume(ApiException.class, tooLarge -> tooLarge(file));
    }

    /** A file that cannot be read stays without a preview: another try would end alike. */
    private Preview preview(StoredFile file, Path content) {
        try {
            return previews.of(content, file.mimeType());
        } catch (IOException unreadable) {
            log.info("No preview of the file {}: {}", file.id(), unreadable.getMessage());
            return Preview.NONE;
        }
    }

    private Mono<Outcome> tooLarge(StoredFile file) {
        log.warn("The file {} is an image that is too large, and is not served", file.id());
        return results.rejected(file, Status.FAILED).thenReturn(Outcome.FAILED);
    }

    private Mono<Outcome> finish(StoredFile file, Preview preview) {
        Thumbnail thumbnail = preview.thumbnail();
        if (thumbnail == null) {
            return results.done(file, media(file, preview, null)).thenReturn(Outcome.DONE);
        }
        String key = BlobKeys.next() + "." + thumbnail.format().extension();
        Flux<DataBuffer> content = Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(thumbnail.content()));
        return blobs.write(key, content, thumbnail.content().length)
                .then(Mono.defer(() -> results.done(file, media(file, preview, key))))
                // The file was deleted meanwhile.
                .flatMap(noted -> noted ? Mono.just(true) : blobs.delete(key).thenReturn(false))
                .thenReturn(Outcome.DONE);
    }

    private static @Nullable Media media(StoredFile file, Preview preview, @Nullable String thumbnailKey) {
        Media known = file.media();
        Integer width =
                preview.size() != null ? Integer.valueOf(preview.size().width()) : known == null ? null : known.width();
        Integer height = preview.size() != null
                ? Integer.valueOf(preview.size().height())
                : known == null ? null : known.height();
        boolean nothing = width == null && preview.duration() == null && thumbnailKey == null;
        return nothing ? null : new Media(width, height, preview.duration(), preview.waveform(), thumbnailKey);
    }

    /** It was tried often enough. What was never scanned is never served. */
    Mono<Outcome> giveUp(StoredFile file) {
        return file.isReady()
                ? results.done(file, file.media()).thenReturn(Outcome.GIVEN_UP)
                : results.rejected(file, Status.FAILED).thenReturn(Outcome.FAILED);
    }

    /** clamd is away. */
    static final class ScannerAwayException extends RuntimeException {

        ScannerAwayException(Throwable cause) {
            super("clamd is away", cause);
        }
    }
}
