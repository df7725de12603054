package dev.parley.media.file;

import java.util.Locale;
import java.util.Map;

/** The names of types: each type has several, and one that we store and compare. */
public final class MimeTypes {

    public static final String PLAIN_TEXT = "text/plain";
    public static final String ZIP = "application/zip";
    public static final String PDF = "application/pdf";

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("image/jpg", "image/jpeg"),
            Map.entry("image/pjpeg", "image/jpeg"),
            Map.entry("image/x-png", "image/png"),
            Map.entry("video/x-m4v", "video/mp4"),
            Map.entry("application/mp4", "video/mp4"),
            Map.entry("video/x-matroska", "video/matroska"),
            Map.entry("application/x-matroska", "video/matroska"),
            Map.entry("application/ogg", "audio/ogg"),
            Map.entry("audio/opus", "audio/ogg"),
            Map.entry("audio/vorbis", "audio/ogg"),
            Map.entry("audio/mp3", "audio/mpeg"),
            Map.entry("audio/x-mpeg", "audio/mpeg"),
            Map.entry("audio/m4a", "audio/mp4"),
            Map.entry("audio/x-m4a", "audio/mp4"),
            Map.entry("audio/x-aac", "audio/aac"),
            Map.entry("audio/aacp", "audio/aac"),
            Map.entry("audio/wave", "audio/wav"),
            Map.entry("audio/x-wav", "audio/wav"),
            Map.entry("audio/vnd.wave", "audio/wav"),
            Map.entry("audio/x-flac", "audio/flac"),
            Map.entry("application/x-pdf", PDF),
            Map.entry("application/x-zip-compressed", ZIP),
            Map.entry("text/x-markdown", "text/markdown"),
            Map.entry("text/x-web-markdown", "text/markdown"),
            Map.entry("application/csv", "text/csv"));

    private MimeTypes() {}

    /** The one name of a type, in lower case and without parameters ({@code audio/webm;codecs=opus}). */
    public static String canonical(String mimeType) {
        int parameters = mimeType.indexOf(';');
        String name = (parameters < 0 ? mimeType : mimeType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return ALIASES.getOrDefault(name, name);
    }
}
