package dev.parley.media.deletion;

import dev.parley.media.access.FileAccess;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes a file for everybody. */
@Component
public final class DeleteFile {

    private final FileAccess access;
    private final FileRemoval removal;

    DeleteFile(FileAccess access, FileRemoval removal) {
        this.access = access;
        this.removal = removal;
    }

    /** @return fails as {@link FileAccess#deletable} does */
    public Mono<Void> delete(Caller caller, String fileId) {
        return access.deletable(caller, fileId).flatMap(file -> removal.removeNow(file.id()));
    }
}
