package dev.parley.auth.preference;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/** What a user has chosen; null where nothing was chosen. */
public record Preferences(
        @Id String userId,
        String tenantId,
        @Nullable Boolean notificationsEnabled,
        @Nullable Boolean soundEnabled,
        @Nullable Boolean messagePreview,
        @Nullable Boolean notifyOnMention,
        @Nullable Boolean notifyOnReaction,
        @Nullable Boolean notifyOnGroupInvite,
        @Nullable QuietHours quietHours) {

    /** Of somebody who has chosen nothing. */
    static Preferences none(String tenantId, String userId) {
        return new Preferences(userId, tenantId, null, null, null, null, null, null, null);
    }
}
