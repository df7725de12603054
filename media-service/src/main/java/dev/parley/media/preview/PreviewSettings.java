package dev.parley.media.preview;

import dev.parley.platform.settings.SettingsCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How previews are made.
 *
 * @param size pixels of the longer side of a thumbnail, at most
 * @param ffmpeg the program that decodes videos and sounds, found on the {@code PATH} unless it is a path; where it is missing
 *     they have no previews
 * @param ffprobe the program that reads their headers
 * @param toolTimeout how long one run of these programs may take, or of the one that draws PDFs, and how much time of a processor it may use
 * @param toolMemory how much address space a run of ffmpeg or ffprobe may use
 * @param pdfMemory how large the heap is of the process that draws the first page of a PDF
 */
@ConfigurationProperties("parley.media.previews")
public record PreviewSettings(
        @DefaultValue("512") int size,
        @DefaultValue("ffmpeg") String ffmpeg,
        @DefaultValue("ffprobe") String ffprobe,
        @DefaultValue("30s") Duration toolTimeout,
        @DefaultValue("2GB") DataSize toolMemory,
        @DefaultValue("256MB") DataSize pdfMemory) {

    private static final DataSize LEAST_FOR_A_PDF = DataSize.ofMegabytes(32);

    public PreviewSettings {
        SettingsCheck.of("parley.media.previews")
                .positive("size", size)
                .require(isProgram(ffmpeg), "ffmpeg", "must be the name or the path of a program")
                .require(isProgram(ffprobe), "ffprobe", "must be the name or the path of a program")
                .require(toolTimeout.toSeconds() > 0, "tool-timeout", "must be at least a second")
                .positive("tool-memory", toolMemory.toBytes())
                .require(
                        pdfMemory.compareTo(LEAST_FOR_A_PDF) >= 0,
                        "pdf-memory",
                        "must be at least " + LEAST_FOR_A_PDF.toMegabytes() + "MB");
    }

    private static boolean isProgram(String name) {
        return !name.isBlank() && !name.startsWith("-");
    }
}
