package dev.parley.media.file;

import dev.parley.media.MediaError;
import dev.parley.platform.error.ApiException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Knows the limits of each tenant's files. Only this class knows where the settings come from. */
@Component
public final class FileRules {

    private final FileSettings settings;

    FileRules(FileSettings settings) {
        this.settings = settings;
    }

    /** Bytes of the largest file of a kind. */
    public long maxSize(String tenantId, FileKind kind) {
        DataSize general =
                switch (kind) {
                    case IMAGE -> settings.maxImageSize();
                    case VIDEO -> settings.maxVideoSize();
                    case AUDIO -> settings.maxAudioSize();
                    case DOCUMENT -> settings.maxDocumentSize();
                };
        return settings.maxSizesByTenant()
                .getOrDefault(tenantId, Map.of())
                .getOrDefault(kind.wireName(), general)
                .toBytes();
    }

    /** The media types that a tenant's users may upload, by any of the names of each. */
    private List<String> allowedTypes(String tenantId) {
        return settings.allowedTypesByTenant().getOrDefault(tenantId, settings.allowedTypes());
    }

    /** Whether nobody gets the metadata of a tenant's images. */
    public boolean stripsOriginals(String tenantId) {
        return settings.stripOriginalsByTenant().getOrDefault(tenantId, settings.stripOriginals());
    }

    /** Bytes of all files of one user. */
    public long userQuota(String tenantId) {
        return settings.userQuotaByTenant()
                .getOrDefault(tenantId, settings.userQuota())
                .toBytes();
    }

    /** Bytes of all files of a tenant. */
    public long tenantQuota(String tenantId) {
        return settings.tenantQuotaByTenant()
                .getOrDefault(tenantId, settings.tenantQuota())
                .toBytes();
    }

    /**
     * @param mimeType as {@link MimeTypes#canonical} names it
     * @throws ApiException with {@link MediaError#TYPE_NOT_ALLOWED}
     */
    public void requireAllowed(String tenantId, String mimeType) {
        if (allowedTypes(tenantId).stream().map(MimeTypes::canonical).noneMatch(mimeType::equals)) {
            throw ApiException.of(MediaError.TYPE_NOT_ALLOWED, "Files of type " + mimeType + " are not accepted here");
        }
    }

    /** @throws ApiException with {@link MediaError#EMPTY} or {@link MediaError#TOO_LARGE} */
    public void requireSize(String tenantId, FileKind kind, long size) {
        if (size == 0) {
            throw ApiException.of(MediaError.EMPTY, "The file has no content");
        }
        long max = maxSize(tenantId, kind);
        if (size > max) {
            throw ApiException.of(
                    MediaError.TOO_LARGE, "The " + kind.wireName() + " may have at most " + max + " bytes");
        }
    }
}
