package dev.parley.platform.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values of a settings record, in its compact constructor. A value that breaks a rule stops the start of the
 * service with the full name of its property: {@code parley.security.verified-tokens.max must be positive}.
 */
public final class SettingsCheck {

    private final String prefix;

    private SettingsCheck(String prefix) {
        this.prefix = prefix;
    }

    /** @param prefix what all properties of the record begin with, without the last dot */
    public static SettingsCheck of(String prefix) {
        return new SettingsCheck(prefix + ".");
    }

    public SettingsCheck positive(String property, long value) {
        return require(value > 0, property, "must be positive");
    }

    public SettingsCheck positive(String property, Duration value) {
        return require(!value.isNegative() && !value.isZero(), property, "must be positive");
    }

    /** For times that are used in whole milliseconds. */
    public SettingsCheck atLeastAMillisecond(String property, Duration value) {
        return require(value.toMillis() > 0, property, "must be at least a millisecond");
    }

    public SettingsCheck notNegative(String property, long value) {
        return require(value >= 0, property, "must not be negative");
    }

    public SettingsCheck notNegative(String property, Duration value) {
        return require(!value.isNegative(), property, "must not be negative");
    }

    /** For what is reached by HTTP. */
    public SettingsCheck address(String property, String value) {
        return require(isAddress(value), property, "must be an http or https address");
    }

    private static boolean isAddress(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    public SettingsCheck given(String property, @Nullable Object value) {
        boolean empty = value == null
                || value instanceof CharSequence text && text.toString().isBlank()
                || value instanceof Collection<?> values && values.isEmpty();
        return require(!empty, property, "is required");
    }

    /**
     * @param rule what the value must be, such as {@code must be at most parley.auth.sessions.idle}
     * @throws IllegalArgumentException if the condition does not hold
     */
    public SettingsCheck require(boolean condition, String property, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(prefix + property + " " + rule);
        }
        return this;
    }
}
