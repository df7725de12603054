package dev.parley.surface.chatcore;

import dev.parley.platform.json.Fields;
import dev.parley.platform.text.VisibleText;
import org.jspecify.annotations.Nullable;

/** The header by which a client says that it sends a request again. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 128;

    private IdempotencyKey() {}

    /** Notes an error where there is a key that cannot be one. */
    public static void check(@Nullable String key, Fields fields) {
        if (key != null && (VisibleText.isBlank(key) || key.length() > MAX_LENGTH)) {
            fields.reject(HEADER, "length", "must have 1 to " + MAX_LENGTH + " characters");
        }
    }
}
