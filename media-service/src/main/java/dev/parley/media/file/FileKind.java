package dev.parley.media.file;

import java.util.Locale;

/** What a file is shown as. */
public enum FileKind {
    IMAGE,
    VIDEO,
    AUDIO,
    DOCUMENT;

    /** By the first half of a media type, in lower case. */
    public static FileKind of(String mimeType) {
        if (mimeType.startsWith("image/")) {
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
