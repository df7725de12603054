package dev.parley.auth.preference;

/**
 * When a user wants no notifications.
 *
 * @param start the time of day at which they begin, {@code HH:mm}
 * @param end the time of day at which they end, {@code HH:mm}; on the next day if it is not after the start
 * @param timezone the time zone of both, by its name in the IANA database
 */
public record QuietHours(boolean enabled, String start, String end, String timezone) {}
