package dev.parley.notification.provider;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What APNs calls pushes by of which the newest takes the place of the others. */
public final class CollapseId {

    private static final int MAX_BYTES = 64;

    private CollapseId() {}

    /** The tag, or where that is too long a shorter name that is made of it. */
    public static String of(String tag) {
        byte[] bytes = tag.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_BYTES ? tag : UUID.nameUUIDFromBytes(bytes).toString();
    }
}
