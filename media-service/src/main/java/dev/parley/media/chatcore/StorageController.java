package dev.parley.media.chatcore;

import dev.parley.media.access.FileAccess;
import dev.parley.media.deletion.DeleteFile;
import dev.parley.media.file.FileKind;
import dev.parley.media.file.FileStore;
import dev.parley.media.file.StoredFile;
import dev.parley.media.upload.ConfirmOwnFile;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.FileUrls.SignedUrl;
import dev.parley.platform.file.FileUrls.Variant;
import dev.parley.platform.security.Caller;
import dev.parley.surface.chatcore.Page;
import dev.parley.surface.chatcore.PageQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Confirms, shows, lists and deletes files for chat-core clients. */
@RestController
@RequestMapping("/api/v1/storage/files")
class StorageController {

    /** Seconds. */
    private static final int MIN_LIFETIME = 60;

    private static final int MAX_LIFETIME = 86_400;
    private static final int DEFAULT_LIFETIME = 900;

    private final FileAccess access;
    private final FileStore files;
    private final ConfirmOwnFile confirmFile;
    private final DeleteFile deleteFile;
    private final StoredFileViews views;
    private final FileUrls urls;

    StorageController(
            FileAccess access,
            FileStore files,
            ConfirmOwnFile confirmFile,
            DeleteFile deleteFile,
            StoredFileViews views,
            FileUrls urls) {
        this.access = access;
        this.files = files;
        this.confirmFile = confirmFile;
        this.deleteFile = deleteFile;
        this.views = views;
        this.urls = urls;
    }

    @PostMapping("/{fileId}/confirm")
    Mono<StoredFileView> confirm(@PathVariable String fileId, Caller caller) {
        return confirmFile.confirm(caller, fileId).map(views::of);
    }

    @GetMapping("/{fileId}")
    Mono<StoredFileView> get(@PathVariable String fileId, Caller caller) {
        return access.visible(caller, fileId).map(views::of);
    }

    @GetMapping
    Mono<Page<StoredFileView>> own(@RequestParam MultiValueMap<String, String> query, Caller caller) {
        List<FieldError> errors = new ArrayList<>();
        FileKind kind = kind(query.getFirst("type"), errors);
        PageQuery page = PageQuery.of(query, errors);
        verify(errors);
        return files.listedFor(caller.userId(), kind, page.slice()).map(found -> Page.of(found.map(views::of), page));
    }

    @DeleteMapping("/{fileId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> delete(@PathVariable String fileId, Caller caller) {
        return deleteFile.delete(caller, fileId);
    }

    @GetMapping("/{fileId}/url")
    Mono<SignedUrl> url(@PathVariable String fileId, @RequestParam MultiValueMap<String, String> query, Caller caller) {
        List<FieldError> errors = new ArrayList<>();
        int seconds = lifetime(query.getFirst("expiresIn"), errors);
        verify(errors);
        return access.visible(caller, fileId)
                .doOnNext(StoredFile::requireReady)
                .map(file ->
                        urls.until(file.id(), Variant.ORIGINAL, Instant.now().plusSeconds(seconds)));
    }

    private static int lifetime(@Nullable String given, List<FieldError> errors) {
        if (given == null) {
            return DEFAULT_LIFETIME;
        }
        try {
            int seconds = Integer.parseInt(given);
            if (seconds >= MIN_LIFETIME && seconds <= MAX_LIFETIME) {
                return seconds;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        errors.add(new FieldError(
                "expiresIn",
                "range",
                "expiresIn must be a whole number of seconds from " + MIN_LIFETIME + " to " + MAX_LIFETIME));
        return DEFAULT_LIFETIME;
    }

    private static @Nullable FileKind kind(@Nullable String type, List<FieldError> errors) {
        if (type == null) {
            return null;
        }
        return Stream.of(FileKind.values())
                .filter(kind -> kind.wireName().equals(type))
                .findFirst()
                .orElseGet(() -> {
                    errors.add(new FieldError("type", "unknown", "type must be image, video, audio or document"));
                    return null;
                });
    }

    private static void verify(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiException.invalid(errors);
        }
    }
}
