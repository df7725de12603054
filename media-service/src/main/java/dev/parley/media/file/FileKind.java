package dev.parley.media.file;

import java.util.Locale;

/** What a file is shown as. */
public enum FileKind {
    IMAGE,
    VIDEO,
    AUDIO,
    DOCUMENT;

    /**
     * A picture that is a page with scripts (SVG) counts as a document.
     *
     * @param mimeType as {@link MimeTypes#canonical} names it
     */
    public static FileKind of(String mimeType) {
        if (mimeType.startsWith("image/") && !mimeType.contains("xml")) {
            return IMAGE;
        }
        if (mimeType.startsWith("video/")) {
            return VIDEO;
        }
        return mimeType.startsWith("audio/") ? AUDIO : DOCUMENT;
    }

    /** As clients and settings name it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
