package dev.parley.notification.preference;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * What a user has chosen; null where nothing was chosen.
 *
 * @param lastSeenVisibility who may see when the user was last seen: {@code everyone}, {@code contacts} or {@code nobody}, or what a
 *     later version knows
 * @param emailDigest null if there are none
 * @param revision grows by one with every change; 0 if they are not stored
 */
public record UserPreferences(
        @Id String userId,
        String tenantId,
        @Nullable Boolean notificationsEnabled,
        @Nullable Boolean soundEnabled,
        @Nullable Boolean messagePreview,
        @Nullable Boolean notifyOnMention,
        @Nullable Boolean notifyOnReaction,
        @Nullable Boolean notifyOnGroupInvite,
        @Nullable QuietHours quietHours,
        @Nullable String lastSeenVisibility,
        @Nullable EmailDigest emailDigest,
        long revision) {

    /** Of somebody who has chosen nothing. */
    public static UserPreferences none(String tenantId, String userId) {
        return new UserPreferences(userId, tenantId, null, null, null, null, null, null, null, null, null, 0);
    }

    /** The same, with what the change names. */
    UserPreferences with(PreferencesChange change) {
        return new UserPreferences(
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
                change.withoutEmailDigest() ? null : changed(change.emailDigest(), emailDigest),
                revision);
    }

    private static <T> @Nullable T changed(@Nullable T given, @Nullable T old) {
        return given == null ? old : given;
    }

    /** The same as the next revision. */
    UserPreferences next() {
        return new UserPreferences(
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
                emailDigest,
                revision + 1);
    }

    /** The part that is about notifications, with defaults where nothing was chosen. */
    public PushPreferences push() {
        return new PushPreferences(
                orOn(notificationsEnabled),
                orOn(soundEnabled),
                orOn(messagePreview),
                orOn(notifyOnMention),
                orOn(notifyOnReaction),
                orOn(notifyOnGroupInvite),
                quietHours);
    }

    private static boolean orOn(@Nullable Boolean chosen) {
        return chosen == null || chosen;
    }
}
