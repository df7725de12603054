package dev.parley.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file was processed: scanned for malware where a scanner is configured, and given what clients show before they load it, as far as
 * that can be made. On {@link Topics#FILES}.
 *
 * @param conversationId null while the file belongs to no conversation
 * @param width in pixels, as seen: after rotation
 * @param height in pixels, as seen
 * @param duration in seconds
 * @param waveform how loud it is from its beginning to its end, each from 0 to 1
 * @param hasThumbnail whether there is a small picture of it
 * @param uploaderId who uploaded it; null from older versions
 */
public record FileProcessed(
        String fileId,
        String tenantId,
        @Nullable String conversationId,
        FileStatus status,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Double duration,
        @Nullable List<Double> waveform,
        boolean hasThumbnail,
        @Nullable String uploaderId)
        implements Event {

    @Override
    public String partitionKey() {
        return fileId;
    }
}
