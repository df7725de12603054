package dev.parley.notification.provider;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider takes nothing now. */
public final class ProviderUnavailableException extends RuntimeException {

    private final @Nullable Duration retryAfter;

    /** @param retryAfter how long it asks to be left alone; null if it did not say */
    public ProviderUnavailableException(String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
