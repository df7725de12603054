package dev.parley.media.upload;

import dev.parley.media.MediaError;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.StoredFile;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.file.FileUrlSettings;
import dev.parley.platform.file.UrlSignatures;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The addresses to which contents are uploaded: signed, so that who has one needs no token. */
@Component
public final class UploadUrls {

    private static final String PATH = "/api/v1/storage/uploads/";
    private static final String PURPOSE = "upload";

    /** An address, and until when an upload to it may begin. */
    public record UploadUrl(String url, Instant expiresAt) {}

    private final UrlSignatures signatures;
    private final FileSettings settings;
    private final String base;

    UploadUrls(UrlSignatures signatures, FileUrlSettings urls, FileSettings settings) {
        this.signatures = signatures;
        this.settings = settings;
        this.base = urls.publicAddress(PATH);
    }

    /** Where the content of a file goes that was announced. */
    public UploadUrl of(StoredFile file) {
        Instant expiresAt = Instant.now().plus(settings.uploadLifetime()).truncatedTo(ChronoUnit.SECONDS);
        String expires = Long.toString(expiresAt.getEpochSecond());
        return new UploadUrl(
                base + file.id() + "?expires=" + expires + "&signature=" + signatures.of(PURPOSE, file.id(), expires),
                expiresAt);
    }

    /** @throws ApiException with {@link MediaError#URL_INVALID} or {@link MediaError#URL_EXPIRED} */
    public void check(String fileId, @Nullable String expires, @Nullable String signature) {
        if (expires == null || signature == null || !signatures.matches(signature, PURPOSE, fileId, expires)) {
            throw invalid("The address was not made here, or was changed");
        }
        if (!Instant.now().isBefore(Instant.ofEpochSecond(Long.parseLong(expires)))) {
            throw ApiException.of(MediaError.URL_EXPIRED, "The upload had to begin before: ask for a new address");
        }
    }

    static ApiException invalid(String detail) {
        return ApiException.of(MediaError.URL_INVALID, detail);
    }
}
