package dev.parley.media.icon;

import dev.parley.media.MediaError;
import dev.parley.media.attach.AttachFiles;
import dev.parley.media.attach.AttachFiles.Use;
import dev.parley.media.file.FileKind;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Purpose;
import dev.parley.platform.error.ApiException;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes a file as the icon of a conversation. That of before is let go when the conversation shows it no more. */
@Component
public final class ClaimIcon {

    private final AttachFiles attachFiles;
    private final FileStore files;

    ClaimIcon(AttachFiles attachFiles, FileStore files) {
        this.attachFiles = attachFiles;
        this.files = files;
    }

    /**
     * Takes a ready image of the user's own. The same again gives the same.
     *
     * @return fails as {@link AttachFiles#usable} does, or with {@link MediaError#TYPE_NOT_ALLOWED} if it is no image
     */
    public Mono<StoredFile> claim(Use use, String fileId) {
        return attachFiles
                .usable(use, List.of(fileId))
                .map(found -> found.get(0))
                .doOnNext(ClaimIcon::requireImage)
                .flatMap(image -> attachFiles.attach(use, List.of(fileId)))
                .flatMap(attached -> files.keepAs(Purpose.ICON, fileId));
    }

    private static void requireImage(StoredFile file) {
        if (file.kind() != FileKind.IMAGE) {
            throw ApiException.of(MediaError.TYPE_NOT_ALLOWED, "An icon is an image, and this is " + file.mimeType());
        }
    }
}
