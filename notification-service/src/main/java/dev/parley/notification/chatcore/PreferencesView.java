package dev.parley.notification.chatcore;

import dev.parley.notification.preference.EmailDigest;
import dev.parley.notification.preference.PushPreferences;
import dev.parley.notification.preference.QuietHours;
import dev.parley.notification.preference.UserPreferences;
import org.jspecify.annotations.Nullable;

/** A user's preferences; those that were never chosen have their defaults. */
record PreferencesView(
        boolean notificationsEnabled,
        boolean soundEnabled,
        boolean messagePreview,
        boolean notifyOnMention,
        boolean notifyOnReaction,
        boolean notifyOnGroupInvite,
        @Nullable QuietHours quietHours,
        String lastSeenVisibility,
        @Nullable EmailDigest emailDigest) {

    static PreferencesView of(UserPreferences preferences) {
        PushPreferences push = preferences.push();
        String visibility = preferences.lastSeenVisibility();
        return new PreferencesView(
                push.notificationsEnabled(),
                push.soundEnabled(),
                push.messagePreview(),
                push.notifyOnMention(),
                push.notifyOnReaction(),
                push.notifyOnGroupInvite(),
                push.quietHours(),
                visibility == null ? "everyone" : visibility,
                preferences.emailDigest());
    }
}
