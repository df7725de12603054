package dev.parley.media.access;

import dev.parley.media.MediaError;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.reference.FileReferences;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Says who may see a file, and who may delete it. To everybody else there is no such file. */
@Component
public final class FileAccess {

    private final FileStore files;
    private final FileReferences references;
    private final Memberships memberships;

    FileAccess(FileStore files, FileReferences references, Memberships memberships) {
        this.files = files;
        this.references = references;
        this.memberships = memberships;
    }

    /**
     * A file of the caller's own.
     *
     * @return fails with {@link MediaError#NOT_FOUND}
     */
    public Mono<StoredFile> own(Caller caller, String fileId) {
        return files.byId(caller.tenantId(), fileId)
                .filter(file -> file.isFrom(caller.userId()))
                .switchIfEmpty(Mono.error(FileAccess::none));
    }

    /**
     * A file that the caller uploaded, or that a message names which the caller may see.
     *
     * @return fails with {@link MediaError#NOT_FOUND}
     */
    public Mono<StoredFile> visible(Caller caller, String fileId) {
        return files.byId(caller.tenantId(), fileId)
                .filterWhen(file -> file.isFrom(caller.userId()) ? Mono.just(true) : isSeen(caller, file))
                .switchIfEmpty(Mono.error(FileAccess::none));
    }

    /**
     * A file that the caller may delete: its uploader may, and an admin of its conversation.
     *
     * @return fails with {@link MediaError#NOT_FOUND}, or with {@link PlatformError#FORBIDDEN} for those who only see it
     */
    public Mono<StoredFile> deletable(Caller caller, String fileId) {
        return visible(caller, fileId)
                .flatMap(file -> file.isFrom(caller.userId())
                        ? Mono.just(file)
                        : membership(caller, file)
                                .filter(member -> member.active() && member.admin())
                                .map(admin -> file)
                                .switchIfEmpty(Mono.error(() -> ApiException.of(
                                        PlatformError.FORBIDDEN,
                                        "Only who uploaded a file, or an admin of its group, can delete it"))));
    }

    private Mono<Boolean> isSeen(Caller caller, StoredFile file) {
        return membership(caller, file).flatMap(member -> isSeen(member, file)).defaultIfEmpty(false);
    }

    /** Right after a send the message is not known here yet: members are about to see it. */
    private Mono<Boolean> isSeen(Membership member, StoredFile file) {
        return references
                .exists(file.id())
                .flatMap(isNamed -> isNamed
                        ? references.existsWithin(file.id(), member.ranges())
                        : Mono.just(file.attachedAt() != null && member.seesWhatComes()));
    }

    private Mono<Membership> membership(Caller caller, StoredFile file) {
        String conversationId = file.conversationId();
        return conversationId == null
                ? Mono.empty()
                : memberships
                        .of(caller, conversationId)
                        .onErrorResume(
                                ApiException.class,
                                refused -> refused.code().isForbidden()
                                                || refused.code().isNotFound()
                                        ? Mono.empty()
                                        : Mono.error(refused));
    }

    private static ApiException none() {
        return ApiException.of(MediaError.NOT_FOUND, "There is no such file, or it is not for you");
    }
}
