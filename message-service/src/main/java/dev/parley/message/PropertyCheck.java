package dev.parley.message;

import java.time.Duration;

/** Checks the values of configuration properties. What it throws stops the start and names the property. */
public final class PropertyCheck {

    private static final String PREFIX = "parley.message.";

    private PropertyCheck() {}

    /** @param property its name after {@code parley.message.} */
    public static void requirePositive(String property, long value) {
        require(value > 0, property, "must be positive");
    }

    public static void requirePositive(String property, Duration value) {
        require(value.toMillis() > 0, property, "must be at least a millisecond");
    }

    public static void require(boolean holds, String property, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + property + " " + rule);
        }
    }
}
