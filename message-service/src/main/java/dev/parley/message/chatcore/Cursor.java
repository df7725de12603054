package dev.parley.message.chatcore;

import dev.parley.message.MessageError;
import dev.parley.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A place in a conversation, as an opaque string. */
final class Cursor {

    private static final String PREFIX = "s:";

    private Cursor() {}

    static String of(long seq) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((PREFIX + seq).getBytes(StandardCharsets.US_ASCII));
    }

    /** @return the place, or null for none; fails with {@link MessageError#INVALID_CURSOR} */
    static @Nullable Long read(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (place.startsWith(PREFIX)) {
                return Long.parseLong(place.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException malformed) {
            // said below
        }
        throw ApiException.of(MessageError.INVALID_CURSOR, "Use a cursor as an earlier page gave it");
    }
}
