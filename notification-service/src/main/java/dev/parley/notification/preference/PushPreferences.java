package dev.parley.notification.preference;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to be told of, and how; where the user chose nothing, the defaults.
 *
 * @param notificationsEnabled whether the user wants any notifications
 * @param messagePreview whether notifications show what was written
 * @param quietHours null if there are none
 */
public record PushPreferences(
        boolean notificationsEnabled,
        boolean soundEnabled,
        boolean messagePreview,
        boolean notifyOnMention,
        boolean notifyOnReaction,
        boolean notifyOnGroupInvite,
        @Nullable QuietHours quietHours) {

    /** Of somebody who chose nothing: everything is on, and no hour is quiet. */
    public static final PushPreferences DEFAULTS = new PushPreferences(true, true, true, true, true, true, null);

    /** Whether it is one of the user's quiet hours, by the clock of the user's time zone. */
    public boolean isQuiet(Instant at) {
        return quietHours != null && quietHours.include(at);
    }
}
