package dev.parley.auth.chatcore;

import dev.parley.auth.preference.Preferences;
import dev.parley.auth.preference.QuietHours;
import dev.parley.auth.user.LastSeenVisibility;
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
        String lastSeenVisibility) {

    static PreferencesView of(Preferences preferences) {
        LastSeenVisibility visibility = preferences.lastSeenVisibility();
        return new PreferencesView(
                orOn(preferences.notificationsEnabled()),
                orOn(preferences.soundEnabled()),
                orOn(preferences.messagePreview()),
                orOn(preferences.notifyOnMention()),
                orOn(preferences.notifyOnReaction()),
                orOn(preferences.notifyOnGroupInvite()),
                preferences.quietHours(),
                (visibility == null ? LastSeenVisibility.EVERYONE : visibility).wireName());
    }

    private static boolean orOn(@Nullable Boolean chosen) {
        return chosen == null || chosen;
    }
}
