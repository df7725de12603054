package dev.parley.media.tus;

import dev.parley.media.blob.BlobKeys;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.upload.BeginUpload;
import dev.parley.media.upload.Declaration;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Announces the file of a resumable upload, as that of any other upload is: so the same is refused, for the same reasons. */
@Component
final class UploadBeginning {

    private final BeginUpload files;
    private final TusSettings settings;

    UploadBeginning(BeginUpload files, TusSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    /** @param metadata as the client sent it */
    Mono<ResumableUpload> begin(Caller caller, long length, @Nullable String metadata) {
        return Mono.fromCallable(() -> declaration(length, UploadMetadata.parse(metadata)))
                .flatMap(declared -> files.begin(caller, declared))
                .map(file -> upload(file, metadata));
    }

    private static Declaration declaration(long length, UploadMetadata metadata) {
        return new Declaration(
                Objects.requireNonNullElse(metadata.text("filename"), ""),
                Objects.requireNonNullElse(metadata.text("filetype"), ""),
                length,
                null,
                metadata.id("conversationId"));
    }

    private ResumableUpload upload(StoredFile file, @Nullable String metadata) {
        return new ResumableUpload(
                file.id(),
                file.tenantId(),
                file.uploaderId(),
                BlobKeys.next(),
                file.size(),
                0,
                List.of(),
                metadata,
                FileStore.now().plus(settings.lifetime()),
                Instant.EPOCH,
                null,
                false,
                null,
                false);
    }
}
