package dev.parley.media.upload;

import dev.parley.media.blob.ClientUploads;
import dev.parley.media.blob.ClientUploads.SignedPut;
import dev.parley.media.file.FileSettings;
import dev.parley.media.file.StoredFile;
import dev.parley.media.upload.UploadUrls.UploadUrl;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Says where and how the content of a file is uploaded: to the store where clients can reach it, or else to this service. */
@Component
public final class UploadTargets {

    /**
     * Where to.
     *
     * @param isForm whether the content goes into a form, and not bare
     * @param signed what must come with the content as it stands here
     * @param expiresAt until when the upload may begin
     */
    public record UploadTarget(String url, boolean isForm, Map<String, String> signed, Instant expiresAt) {}

    private final ClientUploads store;
    private final UploadUrls urls;
    private final FileSettings settings;

    UploadTargets(ClientUploads store, UploadUrls urls, FileSettings settings) {
        this.store = store;
        this.urls = urls;
        this.settings = settings;
    }

    /** For a file that was announced. */
    public Mono<UploadTarget> of(StoredFile file) {
        return store.sign(ClientUploads.keyOf(file.id()), file.mimeType(), file.size(), settings.uploadLifetime())
                .map(UploadTargets::toTheStore)
                .switchIfEmpty(Mono.fromSupplier(() -> toThisService(file)));
    }

    private static UploadTarget toTheStore(SignedPut put) {
        return new UploadTarget(put.url(), false, put.headers(), put.expiresAt());
    }

    private UploadTarget toThisService(StoredFile file) {
        UploadUrl url = urls.of(file);
        return new UploadTarget(url.url(), settings.formUploads(), Map.of(), url.expiresAt());
    }
}
