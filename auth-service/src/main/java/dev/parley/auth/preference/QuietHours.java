package dev.parley.auth.preference;

/**
 * When a user wants no notifications.
 *
 * @param start the time of day from which on, {@code HH:mm}
 * @param end the time of day until which, {@code HH:mm}; of the next day where it is not after the start
 * @param timezone the time zone of both, by its name in the IANA database
 */
public record QuietHours(boolean enabled, String start, String end, String timezone) {}
