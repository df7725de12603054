package dev.parley.auth.preference;

import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.auth.user.User;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * What a user has chosen; null where nothing was chosen.
 *
 * @param revision grows by one with every change; null if the preferences were never published
 */
public record Preferences(
        @Id String userId,
        String tenantId,
        @Nullable Boolean notificationsEnabled,
        @Nullable Boolean soundEnabled,
        @Nullable Boolean messagePreview,
        @Nullable Boolean notifyOnMention,
        @Nullable Boolean notifyOnReaction,
        @Nullable Boolean notifyOnGroupInvite,
        @Nullable QuietHours quietHours,
        @Nullable LastSeenVisibility lastSeenVisibility,
        @Nullable Long revision) {

    /** Of somebody who has chosen nothing. */
    static Preferences none(User user) {
        return new Preferences(user.id(), user.tenantId(), null, null, null, null, null, null, null, null, null);
    }

    /** The same, with what the change names. */
    Preferences with(PreferencesChange change) {
        return new Preferences(
                userId,
                tenantId,
                changed(change.notificationsEnabled(), notificationsEnabled),
                changed(change.soundEnabled(), soundEnabled),
                changed(change.messagePreview(), messagePreview),
                changed(change.notifyOnMention(), notifyOnMention),
                changed(change.notifyOnReaction(), notifyOnReaction),
                changed(change.notifyOnGroupInvite(), notifyOnGroupInvite),
                change.withoutQuietHours() ? null : changed(change.quietHours(), quietHours),
                changed(change.lastSeenVisibility(), lastSeenVisibility),
                revision);
    }

    private static <T> @Nullable T changed(@Nullable T given, @Nullable T old) {
        return given == null ? old : given;
    }

    /** The same as the next revision. */
    Preferences next() {
        return new Preferences(
                userId,
                tenantId,
                notificationsEnabled,
                soundEnabled,
                messagePreview,
                notifyOnMention,
                notifyOnReaction,
                notifyOnGroupInvite,
                quietHours,
                lastSeenVisibility,
                revision == null ? 1 : revision + 1);
    }
}
