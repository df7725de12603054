package dev.parley.message.chatcore;

import dev.parley.platform.error.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@code seq} as an opaque string. */
final class Cursor {

    private static final String PREFIX = "s:";

    private Cursor() {}

    static String of(long seq) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((PREFIX + seq).getBytes(StandardCharsets.US_ASCII));
    }

    /** @return the {@code seq}; null if there is no cursor, or if this server did not make it, which adds an error */
    static @Nullable Long read(@Nullable String cursor, List<FieldError> errors) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (decoded.startsWith(PREFIX)) {
                return Long.parseLong(decoded.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException malformed) {
            // said below
        }
        errors.add(new FieldError("cursor", "format", "cursor must be as an earlier page gave it"));
        return null;
    }
}
