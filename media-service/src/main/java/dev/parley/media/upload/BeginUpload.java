package dev.parley.media.upload;

import dev.parley.media.access.Membership;
import dev.parley.media.access.Memberships;
import dev.parley.media.file.FileKind;
import dev.parley.media.file.FileNames;
import dev.parley.media.file.FileRules;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.file.StoredFile.Content;
import dev.parley.media.file.StoredFile.Purpose;
import dev.parley.media.file.StoredFile.Status;
import dev.parley.media.quota.FileQuotas;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Announces a file: checks what is declared, counts its bytes, and makes its document. */
@Component
public final class BeginUpload {

    private final FileNames names;
    private final FileRules rules;
    private final Memberships memberships;
    private final FileQuotas quotas;
    private final FileStore files;
    private final FileSettings settings;

    BeginUpload(
            FileNames names,
            FileRules rules,
            Memberships memberships,
            FileQuotas quotas,
            FileStore files,
            FileSettings settings) {
        this.names = names;
        this.rules = rules;
        this.memberships = memberships;
        this.quotas = quotas;
        this.files = files;
        this.settings = settings;
    }

    /**
     * Makes the document of a file whose content is still to come.
     *
     * @return fails with an error of {@link dev.parley.media.MediaError}, or as {@link Membership#requireMaySend} does
     */
    public Mono<StoredFile> begin(Caller caller, Declaration declaration) {
        return begin(caller, declaration, null);
    }

    /** @param content that is there already; null if it is still to come */
    Mono<StoredFile> begin(Caller caller, Declaration declaration, @Nullable Content content) {
        return Mono.fromCallable(() -> file(caller, declaration, content))
                .delayUntil(file -> mayBeSentTo(caller, declaration.conversationId()))
                .delayUntil(file -> quotas.reserve(file.tenantId(), file.uploaderId(), file.size()))
                .flatMap(file -> files.insert(file)
                        .onErrorResume(failure -> quotas.release(file).then(Mono.error(failure))));
    }

    private Mono<Void> mayBeSentTo(Caller caller, @Nullable String conversationId) {
        return conversationId == null
                ? Mono.empty()
                : memberships
                        .of(caller, conversationId)
                        .doOnNext(Membership::requireMaySend)
                        .then();
    }

    /**
     * Checks what is known before the content.
     *
     * @throws dev.parley.platform.error.ApiException as {@link #begin} fails
     */
    void check(Caller caller, String filename, String mimeType) {
        names.clean(filename);
        rules.requireAllowed(caller.tenantId(), FileNames.mimeType(mimeType));
    }

    private StoredFile file(Caller caller, Declaration declaration, @Nullable Content content) {
        String name = names.clean(declaration.filename());
        String mimeType = FileNames.mimeType(declaration.mimeType());
        FileKind kind = FileKind.of(mimeType);
        rules.requireAllowed(caller.tenantId(), mimeType);
        rules.requireSize(caller.tenantId(), kind, declaration.size());
        Instant now = FileStore.now();
        return new StoredFile(
                Ids.next(),
                caller.tenantId(),
                caller.userId(),
                caller.userId(),
                declaration.conversationId(),
                Purpose.MESSAGE,
                name,
                mimeType,
                kind,
                declaration.size(),
                declaration.sha256(),
                Status.PENDING,
                content,
                null,
                now,
                null,
                now.plus(settings.unattachedLifetime()));
    }
}
