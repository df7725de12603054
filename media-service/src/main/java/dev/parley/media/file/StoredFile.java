package dev.parley.media.file;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A file. Its bytes are in a {@code BlobStore} under keys that are never told to anybody.
 *
 * @param listedFor the user in whose list of own files it is; null once it is deleted
 * @param conversationId the only conversation in which messages may name it; null until one does
 * @param filename what people see; never a path
 * @param mimeType as it was declared; a content that does not fit is refused
 * @param size in bytes, as it was declared; a content of another size is refused. Less where metadata was removed from it
 * @param sha256 in hexadecimal: as it was declared, if it was, and of the content once that is confirmed
 * @param content what was uploaded last; null before that
 * @param media what is known of an image, a video or a sound; null as long as nothing is
 * @param attachedAt when it was last bound to a conversation
 * @param expiresAt when it is deleted if nothing names it by then; null while something does
 */
@Document(FileStore.COLLECTION)
public record StoredFile(
        @Id String id,
        String tenantId,
        String uploaderId,
        @Nullable String listedFor,
        @Nullable String conversationId,
        Purpose purpose,
        String filename,
        String mimeType,
        FileKind kind,
        long size,
        @Nullable String sha256,
        Status status,
        @Nullable Content content,
        @Nullable Media media,
        Instant createdAt,
        @Nullable Instant attachedAt,
        @Nullable Instant expiresAt) {

    /** What a file is for. */
    public enum Purpose {
        MESSAGE,
        ICON,
        AVATAR
    }

    /** How far a file has come. */
    public enum Status {
        /** Its content is not confirmed. */
        PENDING,
        /** Its content is right, and is being looked at for malware. */
        SCANNING,
        /** It may be shown. */
        READY,
        INFECTED,
        FAILED,
        /** It is about to vanish, and is there for nobody. */
        DELETED;

        /** As clients name it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The bytes of a file.
     *
     * @param key of the blob
     * @param size in bytes
     * @param sha256 in hexadecimal
     */
    public record Content(String key, long size, String sha256) {}

    /**
     * What is known of an image, a video or a sound.
     *
     * @param width in pixels, as it is seen
     * @param height in pixels, as it is seen
     * @param duration in seconds
     * @param waveform loudness from 0 to 1 over time
     * @param thumbnailKey the key of the blob of its preview
     */
    public record Media(
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Double duration,
            @Nullable List<Double> waveform,
            @Nullable String thumbnailKey) {}

    /**
     * The file with what was found in its content.
     *
     * @param kept the content, which may be another than was uploaded
     */
    public StoredFile confirmed(Status next, Content kept, @Nullable Media found) {
        return new StoredFile(
                id,
                tenantId,
                uploaderId,
                listedFor,
                conversationId,
                purpose,
                filename,
                mimeType,
                kind,
                kept.size(),
                kept.sha256(),
                next,
                kept,
                found,
                createdAt,
                attachedAt,
                expiresAt);
    }

    public boolean isReady() {
        return status == Status.READY;
    }

    /** @throws ApiException with {@link MediaError#INFECTED} or {@link MediaError#NOT_READY} */
    public void requireReady() {
        if (status == Status.INFECTED) {
            throw ApiException.of(MediaError.INFECTED, "The file holds malware");
        }
        if (!isReady()) {
            throw ApiException.of(MediaError.NOT_READY, "The file is " + status.wireName());
        }
    }

    public boolean isDeleted() {
        return status == Status.DELETED;
    }

    public boolean isFrom(String userId) {
        return uploaderId.equals(userId);
    }

    public boolean hasThumbnail() {
        return media != null && media.thumbnailKey() != null;
    }

    /** The bytes of a file that has some. */
    public Content uploaded() {
        return Objects.requireNonNull(content, "no content");
    }
}
