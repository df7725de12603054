package dev.parley.media.content;

import dev.parley.media.file.MimeTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.Tika;

/** Tells the type of a file by its content alone: by Tika, and more closely where Tika only knows the container. */
final class TypeDetector {

    private static final String QUICKTIME = "video/quicktime";
    private static final String MP4 = "video/mp4";

    /** The brands of ISO base media files (ISO/IEC 14496-12, 4.3) that are not plain MP4. */
    private static final Map<String, String> BRANDS = Map.ofEntries(
            Map.entry("qt  ", QUICKTIME),
            Map.entry("M4A ", "audio/mp4"),
            Map.entry("M4B ", "audio/mp4"),
            Map.entry("3gp4", "video/3gpp"),
            Map.entry("3gp5", "video/3gpp"),
            Map.entry("3gp6", "video/3gpp"),
            Map.entry("heic", "image/heic"),
            Map.entry("heix", "image/heic"),
            Map.entry("mif1", "image/heif"),
            Map.entry("avif", "image/avif"));

    /** Entries by which an archive is known. The first that fits counts: what runs comes before what is read. */
    private static final List<Map.Entry<String, String>> ENTRIES = List.of(
            Map.entry("AndroidManifest.xml", "application/vnd.android.package-archive"),
            Map.entry("META-INF/MANIFEST.MF", "application/java-archive"),
            Map.entry("word/vbaProject.bin", "application/vnd.ms-word.document.macroenabled.12"),
            Map.entry("xl/vbaProject.bin", "application/vnd.ms-excel.sheet.macroenabled.12"),
            Map.entry("ppt/vbaProject.bin", "application/vnd.ms-powerpoint.presentation.macroenabled.12"),
            Map.entry("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Map.entry("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry(
                    "ppt/presentation.xml",
                    "application/vnd.openxmlformats-officedocument.presentationml.presentation"));

    private final Tika tika = new Tika();

    /** @return a name as {@link MimeTypes#canonical} gives it */
    String detect(ContentSample sample) {
        if (sample.hasAt(4, "ftyp")) {
            return BRANDS.getOrDefault(sample.text(12).substring(8), MP4);
        }
        if (sample.startsWith("\u001aE\u00df\u00a3")) {
            return sample.text(64).contains("webm") ? "video/webm" : "video/matroska";
        }
        if (sample.startsWith("OggS")) {
            return sample.text(64).contains("\u0080theora") ? "video/ogg" : "audio/ogg";
        }
        if (sample.startsWith("PK\u0003\u0004")) {
            return archive(sample);
        }
        return MimeTypes.canonical(tika.detect(sample.head()));
    }

    private String archive(ContentSample sample) {
        List<String> names = ZipEnd.of(sample).map(ZipEnd::names).orElse(List.of());
        Optional<String> known = ENTRIES.stream()
                .filter(entry -> names.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return known.orElseGet(() -> MimeTypes.canonical(tika.detect(sample.head())));
    }
}
