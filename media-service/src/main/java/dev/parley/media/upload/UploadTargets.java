package dev.parley.media.upload;

import dev.parley.media.blob.ClientUploads;
import dev.parley.media.blob.ClientUploads.SignedPut;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.StoredFile;
import dev.parley.media.upload.UploadUrls.UploadUrl;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Says where and how the content of a file is uploaded: to the store where clients can reach it, or else to this service. */
@Component
public final class UploadTargets {

    /**
     * What a client sends.
     *
     * @param fields of the form that the content goes into; null where it goes bare
     * @param expiresAt until when the upload may begin
     */
    public record UploadTarget(
            String url,
            HttpMethod method,
            Map<String, String> headers,
            @Nullable Map<String, String> fields,
            Instant expiresAt) {}

    private final ClientUploads store;
    private final UploadUrls urls;
    private final FileSettings settings;

    UploadTargets(ClientUploads store, UploadUrls urls, FileSettings settings) {
        this.store = store;
        this.urls = urls;
        this.settings = settings;
    }

    /** For a file that was announced. */
    public UploadTarget of(StoredFile file) {
        return store.sign(ClientUploads.keyOf(file.id()), file.mimeType(), file.size(), settings.uploadLifetime())
                .map(UploadTargets::toTheStore)
                .orElseGet(() -> toThisService(file));
    }

    private static UploadTarget toTheStore(SignedPut put) {
        return new UploadTarget(put.url(), HttpMethod.PUT, put.headers(), null, put.expiresAt());
    }

    private UploadTarget toThisService(StoredFile file) {
        UploadUrl url = urls.of(file);
        return settings.formUploads()
                ? new UploadTarget(url.url(), HttpMethod.POST, Map.of(), Map.of(), url.expiresAt())
                : new UploadTarget(
                        url.url(),
                        HttpMethod.PUT,
                        Map.of(HttpHeaders.CONTENT_TYPE, file.mimeType()),
                        null,
                        url.expiresAt());
    }
}
