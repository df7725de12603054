package dev.parley.notification.preference;

import org.jspecify.annotations.Nullable;

/**
 * What a user changes of the own preferences. What is null stays as it is; quiet hours and e-mails change as a whole.
 *
 * @param withoutQuietHours whether there are to be none any more
 * @param withoutEmailDigest whether there are to be none any more
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
        @Nullable String lastSeenVisibility,
        @Nullable EmailDigest emailDigest,
        boolean withoutEmailDigest) {

    /** Switches e-mails off. */
    public static final PreferencesChange WITHOUT_EMAIL_DIGEST =
            new PreferencesChange(null, null, null, null, null, null, null, false, null, null, true);
}
