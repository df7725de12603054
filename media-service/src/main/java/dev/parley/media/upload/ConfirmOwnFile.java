package dev.parley.media.upload;

import dev.parley.media.MediaError;
import dev.parley.media.access.FileAccess;
import dev.parley.media.file.StoredFile;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Confirms a file when its uploader says that the content is there. */
@Component
public final class ConfirmOwnFile {

    private final FileAccess access;
    private final ReceiveUpload uploads;
    private final ConfirmUpload confirmUpload;

    ConfirmOwnFile(FileAccess access, ReceiveUpload uploads, ConfirmUpload confirmUpload) {
        this.access = access;
        this.uploads = uploads;
        this.confirmUpload = confirmUpload;
    }

    /**
     * Confirms a file of the caller's own. One that is confirmed stays as it is.
     *
     * @return fails with {@link MediaError#NOT_READY} if nothing was uploaded, with {@link MediaError#INFECTED}, or as
     *     {@link ConfirmUpload#confirm} does
     */
    public Mono<StoredFile> confirm(Caller caller, String fileId) {
        return access.own(caller, fileId).flatMap(file -> switch (file.status()) {
            case PENDING -> uploaded(file).flatMap(confirmUpload::confirm);
            case SCANNING, READY -> Mono.just(file);
            case INFECTED -> Mono.error(ApiException.of(MediaError.INFECTED, "The file holds malware"));
            case FAILED, DELETED ->
                Mono.error(ApiException.of(MediaError.NOT_READY, "The file was refused: upload it anew"));
        });
    }

    private Mono<StoredFile> uploaded(StoredFile file) {
        return file.content() == null ? uploads.takeFromStore(file) : Mono.just(file);
    }
}
