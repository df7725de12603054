package dev.parley.notification.provider;

import org.jspecify.annotations.Nullable;

/** A provider does not answer, or takes nothing from us whatever it is. */
public final class ProviderOutage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProviderOutage(String message) {
        super(message);
    }

    ProviderOutage(@Nullable Throwable cause) {
        super(cause == null || cause.getMessage() == null ? "The provider is away" : cause.getMessage(), cause);
    }
}
