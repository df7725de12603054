package dev.parley.auth.preference;

import dev.parley.auth.user.LastSeenVisibility;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user chooses anew. What is not named stays.
 *
 * @param switches by name, of {@link #SWITCHES}
 * @param quietHours as a whole; null if not named
 * @param lastSeenVisibility null if not named
 */
public record PreferencesChange(
        Map<String, Boolean> switches,
        @Nullable QuietHours quietHours,
        @Nullable LastSeenVisibility lastSeenVisibility) {

    /** What is either on or off. */
    public static final Set<String> SWITCHES = Set.of(
            "notificationsEnabled",
            "soundEnabled",
            "messagePreview",
            "notifyOnMention",
            "notifyOnReaction",
            "notifyOnGroupInvite");

    static final PreferencesChange NOTHING = new PreferencesChange(Map.of(), null, null);

    static PreferencesChange of(@Nullable LastSeenVisibility visibility) {
        return new PreferencesChange(Map.of(), null, visibility);
    }
}
