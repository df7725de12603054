package dev.parley.gateway.clientconfig;

import dev.parley.gateway.readiness.PlatformReadiness;
import dev.parley.platform.encryption.EncryptionSettings;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells clients about the installation, once every required service was ready. */
@RestController
final class ClientConfigController {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Bytes, by the type of the file. Nobody is known who asks: tenants may have other limits, which an upload is told of. */
    record MaxSize(long image, long video, long audio, long document, long avatar) {}

    record Uploads(MaxSize maxSize, int maxFilesPerMessage, List<String> allowedTypes) {}

    /**
     * @param encryptionMode {@code none} means that messages are stored as they are sent
     * @param vapidPublicKey null if it is not known just now
     */
    record Answer(
            int maxPinnedConversations,
            int maxTextLength,
            Uploads uploads,
            String authMode,
            String encryptionMode,
            @Nullable String vapidPublicKey) {

        Answer with(String key) {
            return new Answer(maxPinnedConversations, maxTextLength, uploads, authMode, encryptionMode, key);
        }
    }

    private final Answer answer;
    private final PlatformReadiness readiness;
    private final VapidPublicKey vapidPublicKey;

    ClientConfigController(
            ClientConfigSettings settings,
            UploadSettings uploads,
            EncryptionSettings encryption,
            PlatformReadiness readiness,
            VapidPublicKey vapidPublicKey) {
        this.answer = new Answer(
                settings.maxPinnedConversations(),
                settings.maxTextLength(),
                new Uploads(
                        new MaxSize(
                                uploads.maxImageSize().toBytes(),
                                uploads.maxVideoSize().toBytes(),
                                uploads.maxAudioSize().toBytes(),
                                uploads.maxDocumentSize().toBytes(),
                                uploads.maxAvatarSize().toBytes()),
                        uploads.maxFilesPerMessage(),
                        uploads.allowedTypes()),
                settings.authMode(),
                encryption.mode().wireName(),
                null);
        this.readiness = readiness;
        this.vapidPublicKey = vapidPublicKey;
    }

    /** @throws ApiException 503 until every required service was ready once */
    @GetMapping("/api/v1/config")
    Mono<Answer> settings() {
        Set<String> awaited = readiness.awaited();
        if (!awaited.isEmpty()) {
            throw ApiException.retryLater(
                    PlatformError.UNAVAILABLE, "Still starting: " + String.join(", ", awaited), RETRY_AFTER);
        }
        return vapidPublicKey.get().map(answer::with).defaultIfEmpty(answer);
    }
}
