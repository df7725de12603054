package dev.parley.media.file;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of files.
 *
 * @param maxImageSize bytes of an image
 * @param maxVideoSize bytes of a video
 * @param maxAudioSize bytes of a sound
 * @param maxDocumentSize bytes of any other file
 * @param maxSizesByTenant the same for single tenants: by tenant, then by {@code image}, {@code video}, {@code audio} and
 *     {@code document}
 * @param allowedTypes the media types that are accepted
 * @param allowedTypesByTenant the same for single tenants
 * @param userQuota bytes of all files of one user
 * @param userQuotaByTenant the same for the users of single tenants
 * @param tenantQuota bytes of all files of one tenant
 * @param tenantQuotaByTenant the same for single tenants
 * @param maxNameLength characters (code points) of a file's name
 * @param maxDirectSize bytes of a file that is sent with one request
 * @param uploadLifetime how long after it was asked for an upload may begin
 * @param unattachedLifetime how long a file is kept that nothing names
 * @param unreferencedLifetime how long a file is kept after the last message that named it was deleted
 * @param sweepInterval how often files are looked for that are to be deleted
 * @param sweepBatch files that are deleted at once
 * @param formUploads whether clients are told to upload with a form ({@code POST}) instead of the bare content ({@code PUT})
 * @param stripOriginals whether metadata, such as the place where a photo was taken, is removed from images (JPEG, PNG and WebP)
 *     before anybody gets them
 * @param stripOriginalsByTenant the same for single tenants
 */
@ConfigurationProperties("parley.media")
public record FileSettings(
        @DefaultValue("5MB") DataSize maxImageSize,
        @DefaultValue("25MB") DataSize maxVideoSize,
        @DefaultValue("10MB") DataSize maxAudioSize,
        @DefaultValue("10MB") DataSize maxDocumentSize,
        @DefaultValue Map<String, Map<String, DataSize>> maxSizesByTenant,

        @DefaultValue({
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/heic",
            "image/heif",
            "image/avif",
            "video/mp4",
            "video/webm",
            "video/quicktime",
            "audio/mpeg",
            "audio/mp4",
            "audio/aac",
            "audio/ogg",
            "audio/opus",
            "audio/webm",
            "audio/wav",
            "audio/flac",
            "application/pdf",
            "text/plain",
            "text/csv",
            "application/zip",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.presentation"
        })
        List<String> allowedTypes,

        @DefaultValue Map<String, List<String>> allowedTypesByTenant,
        @DefaultValue("10GB") DataSize userQuota,
        @DefaultValue Map<String, DataSize> userQuotaByTenant,
        @DefaultValue("1TB") DataSize tenantQuota,
        @DefaultValue Map<String, DataSize> tenantQuotaByTenant,
        @DefaultValue("255") int maxNameLength,
        @DefaultValue("10MB") DataSize maxDirectSize,
        @DefaultValue("1h") Duration uploadLifetime,
        @DefaultValue("1d") Duration unattachedLifetime,
        @DefaultValue("10s") Duration unreferencedLifetime,
        @DefaultValue("30s") Duration sweepInterval,
        @DefaultValue("100") int sweepBatch,
        @DefaultValue("false") boolean formUploads,
        @DefaultValue("false") boolean stripOriginals,
        @DefaultValue Map<String, Boolean> stripOriginalsByTenant) {

    private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]+/[a-z0-9.+-]+");

    public FileSettings {
        SettingsCheck.of("parley.media")
                .positive("max-image-size", maxImageSize.toBytes())
                .positive("max-video-size", maxVideoSize.toBytes())
                .positive("max-audio-size", maxAudioSize.toBytes())
                .positive("max-document-size", maxDocumentSize.toBytes())
                .given("allowed-types", allowedTypes)
                .require(
                        allowedTypes.stream()
                                .allMatch(type -> TYPE.matcher(type).matches()),
                        "allowed-types",
                        "must be media types in lower case, such as image/png")
                .positive("user-quota", userQuota.toBytes())
                .positive("tenant-quota", tenantQuota.toBytes())
                .positive("max-name-length", maxNameLength)
                .positive("max-direct-size", maxDirectSize.toBytes())
                .positive("upload-lifetime", uploadLifetime)
                .positive("unattached-lifetime", unattachedLifetime)
                .notNegative("unreferenced-lifetime", unreferencedLifetime)
                .positive("sweep-interval", sweepInterval)
                .positive("sweep-batch", sweepBatch);
    }
}
