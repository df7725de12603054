package dev.parley.media.attach;

import dev.parley.media.MediaError;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.Subject;
import dev.parley.platform.error.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Binds files to a conversation, for a message that names them. */
@Component
public final class AttachFiles {

    /**
     * For whom a file is to be used.
     *
     * @param userId who must have uploaded it
     * @param conversationId the only conversation that it may be in
     */
    public record Use(String tenantId, String userId, String conversationId) {}

    private record Refusal(String fileId, MediaError code) {}

    private final FileStore files;
    private final FileSettings settings;

    AttachFiles(FileStore files, FileSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    /**
     * Binds these files, all of them or none. The same again gives the same.
     *
     * @return in the order of the ids; fails as {@link #usable} does
     */
    public Mono<List<StoredFile>> attach(Use use, List<String> fileIds) {
        Instant now = FileStore.now();
        return usable(use, fileIds)
                .flatMapIterable(found -> found)
                .concatMap(file -> files.attach(
                                file.id(),
                                use.tenantId(),
                                use.userId(),
                                use.conversationId(),
                                now,
                                now.plus(settings.unattachedLifetime()))
                        .switchIfEmpty(Mono.error(
                                () -> refused(List.of(new Refusal(file.id(), MediaError.ALREADY_ATTACHED))))))
                .collectList();
    }

    /**
     * These files, if all of them may be used so.
     *
     * @return in the order of the ids; fails with {@link MediaError#NOT_FOUND}, {@link MediaError#NOT_READY}, {@link
     *     MediaError#INFECTED} or {@link MediaError#ALREADY_ATTACHED}, naming the files
     */
    public Mono<List<StoredFile>> usable(Use use, List<String> fileIds) {
        return Flux.fromIterable(fileIds)
                .flatMap(files::byId)
                .collectMap(StoredFile::id)
                .map(found -> usable(use, fileIds, found));
    }

    private static List<StoredFile> usable(Use use, List<String> fileIds, Map<String, StoredFile> found) {
        List<Refusal> refusals = new ArrayList<>();
        for (String id : fileIds) {
            MediaError code = refusal(use, found.get(id));
            if (code != null) {
                refusals.add(new Refusal(id, code));
            }
        }
        if (!refusals.isEmpty()) {
            throw refused(refusals);
        }
        return fileIds.stream().map(id -> Objects.requireNonNull(found.get(id))).toList();
    }

    private static @Nullable MediaError refusal(Use use, @Nullable StoredFile file) {
        if (file == null || !file.tenantId().equals(use.tenantId()) || !file.isFrom(use.userId())) {
            return MediaError.NOT_FOUND;
        }
        if (file.status() == StoredFile.Status.INFECTED) {
            return MediaError.INFECTED;
        }
        if (!file.isReady()) {
            return MediaError.NOT_READY;
        }
        return file.conversationId() == null || file.conversationId().equals(use.conversationId())
                ? null
                : MediaError.ALREADY_ATTACHED;
    }

    /** The first one says which error it is; others of the same are named with it. */
    private static ApiException refused(List<Refusal> refusals) {
        MediaError code = refusals.get(0).code();
        List<String> ids = refusals.stream()
                .filter(refusal -> refusal.code() == code)
                .map(Refusal::fileId)
                .toList();
        String rule = code.code().substring(code.code().indexOf('.') + 1);
        return ApiException.of(
                code,
                code.title() + ": " + String.join(", ", ids),
                ids.stream()
                        .map(id -> new Violation(Subject.of("file", id), rule, message(code)))
                        .toList());
    }

    private static String message(MediaError code) {
        return switch (code) {
            case INFECTED -> "holds malware";
            case NOT_READY -> "is not ready";
            case ALREADY_ATTACHED -> "belongs to another conversation";
            default -> "is not a file of yours";
        };
    }
}
