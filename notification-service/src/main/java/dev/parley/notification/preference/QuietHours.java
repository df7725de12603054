package dev.parley.notification.preference;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a user wants no notifications: whenever the clock on the user's wall shows a time from the start until before the end. So
 * the hour that is skipped in spring is nobody's quiet hour, and the hour that comes twice in autumn is quiet twice.
 *
 * @param start the time of day at which they begin, {@code HH:mm}
 * @param end the time of day at which they end, {@code HH:mm}; on the next day if it is not after the start
 * @param timezone the time zone of both, by its name in the IANA database
 */
public record QuietHours(boolean enabled, String start, String end, String timezone) {

    /**
     * Whether the hours are on, and it is one of them. Hours that cannot be read, such as those of a zone that this Java does not
     * know yet, keep nothing back: a user can switch off a push that came, but never learns of one that did not.
     */
    boolean include(Instant at) {
        if (!enabled) {
            return false;
        }
        try {
            LocalTime begin = LocalTime.parse(start);
            LocalTime finish = LocalTime.parse(end);
            LocalTime clock = at.atZone(ZoneId.of(timezone)).toLocalTime();
            boolean hasBegun = !clock.isBefore(begin);
            boolean hasNotEnded = clock.isBefore(finish);
            return begin.isBefore(finish) ? hasBegun && hasNotEnded : hasBegun || hasNotEnded;
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
