package dev.parley.notification.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads how long a server wants to be left alone (RFC 9110, section 10.2.3). */
public final class RetryAfter {

    /** Nobody is left alone for longer, whatever it says. */
    private static final Duration MAX = Duration.ofDays(1);

    private static final int MAX_DIGITS = 9;

    private RetryAfter() {}

    /**
     * @param header seconds, or a time; null if there is none
     * @return null if it does not say
     */
    public static @Nullable Duration read(@Nullable String header, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String value = header.strip();
        return value.chars().allMatch(c -> c >= '0' && c <= '9') ? seconds(value) : until(value, now);
    }

    private static Duration seconds(String digits) {
        return digits.length() > MAX_DIGITS ? MAX : atMost(Duration.ofSeconds(Long.parseLong(digits)));
    }

    private static @Nullable Duration until(String date, Instant now) {
        try {
            Instant time = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(now, time);
            return left.isNegative() ? Duration.ZERO : atMost(left);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static Duration atMost(Duration duration) {
        return duration.compareTo(MAX) < 0 ? duration : MAX;
    }
}
