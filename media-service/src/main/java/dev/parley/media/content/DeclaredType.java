package dev.parley.media.content;

import dev.parley.media.file.MimeTypes;
import java.util.Map;
import java.util.Set;

/** Compares the type that a client declares with the one that was found: a client may know it more closely. */
final class DeclaredType {

    /** What has no mark of its own in the content and is seen as plain text. */
    private static final Set<String> TEXTS = Set.of(
            MimeTypes.PLAIN_TEXT, "text/csv", "text/markdown", "text/calendar", "text/vcard", "application/json");

    /** What is seen in a container that can hold both: the declared type, and the one that is seen. */
    private static final Map<String, Set<String>> SEEN_AS = Map.of(
            "audio/mp4", Set.of("video/mp4"),
            "audio/webm", Set.of("video/webm", "video/matroska"),
            "video/webm", Set.of("video/matroska"),
            "video/mp4", Set.of("video/quicktime", "audio/mp4"),
            "video/ogg", Set.of("audio/ogg"),
            "image/heic", Set.of("image/heif"),
            "image/heif", Set.of("image/heic"),
            "image/avif", Set.of("image/heif"));

    /** What Tika takes for more than text though it is nothing that runs. */
    private static final Set<String> LIKE_TEXT = Set.of(
            "message/rfc822",
            "text/x-matlab",
            "text/vtt",
            "text/troff",
            "text/x-vcard",
            "text/x-vcalendar",
            "text/x-robots",
            "text/x-diff",
            "application/x-subrip");

    private DeclaredType() {}

    static boolean fits(String declared, String found) {
        return declared.equals(found)
                || SEEN_AS.getOrDefault(declared, Set.of()).contains(found)
                || TEXTS.contains(declared) && (TEXTS.contains(found) || LIKE_TEXT.contains(found))
                || isOffice(declared) && isOfficeContainer(declared, found);
    }

    private static boolean isOffice(String type) {
        return type.startsWith("application/vnd.") || type.equals("application/msword");
    }

    /** Where only the container is seen: of an office file whose directory is far from its end, or of an older one. */
    private static boolean isOfficeContainer(String declared, String found) {
        return declared.startsWith("application/vnd.openxmlformats-")
                ? found.equals("application/x-tika-ooxml")
                : found.equals("application/x-tika-msoffice") && !declared.contains("opendocument");
    }
}
