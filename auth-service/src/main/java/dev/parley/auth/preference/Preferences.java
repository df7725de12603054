package dev.parley.auth.preference;

import dev.parley.auth.user.LastSeenVisibility;
import dev.parley.auth.user.User;
import java.util.Map;
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
        Map<String, Boolean> switches = change.switches();
        return new Preferences(
                userId,
                tenantId,
                switches.getOrDefault("notificationsEnabled", notificationsEnabled),
                switches.getOrDefault("soundEnabled", soundEnabled),
                switches.getOrDefault("messagePreview", messagePreview),
                switches.getOrDefault("notifyOnMention", notifyOnMention),
                switches.getOrDefault("notifyOnReaction", notifyOnReaction),
                switches.getOrDefault("notifyOnGroupInvite", notifyOnGroupInvite),
                change.quietHours() == null ? quietHours : change.quietHours(),
                change.lastSeenVisibility() == null ? lastSeenVisibility : change.lastSeenVisibility(),
                revision);
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
