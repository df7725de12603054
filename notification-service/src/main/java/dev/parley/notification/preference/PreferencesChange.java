package dev.parley.notification.preference;

import org.jspecify.annotations.Nullable;

/**
 * What a user changes of the own preferences. What is null stays as it is; quiet hours change as a whole.
 *
 * @param withoutQuietHours whether there are to be none any more
 */
public record PreferencesChange(
        @Nullable Boolean notificationsEnabled,
        @Nullable Boolean soundEnabled,
        @Nullable Boolean messagePreview,
        @Nullable Boolean notifyOnMention,
        @Nullable Boolean notifyOnReaction,
        @Nullable Boolean notifyOnGroupInvite,
        @Nullable QuietHours quietHours,
        boolean withoutQuietHours,
        @Nullable String lastSeenVisibility) {}
