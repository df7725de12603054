package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A user changed preferences. The record holds all of the user's preferences, not only what changed; a component that is null
 * was never chosen. On {@link Topics#PREFERENCES}, which is compacted: the newest record of a user is the user's state.
 *
 * @param revision 1 for the first state, and one more with each change; of two records of a user the one with the higher
 *     revision is the newer
 * @param lastSeenVisibility who may see when the user was last seen: {@code everyone}, {@code contacts} or {@code nobody}
 * @param emailDigest null in records of older versions, too: there are no e-mails
 */
public record PreferencesChanged(
        String userId,
        String tenantId,
        long revision,
        @Nullable Boolean notificationsEnabled,
        @Nullable Boolean soundEnabled,
        @Nullable Boolean messagePreview,
        @Nullable Boolean notifyOnMention,
        @Nullable Boolean notifyOnReaction,
        @Nullable Boolean notifyOnGroupInvite,
        @Nullable QuietHours quietHours,
        @Nullable String lastSeenVisibility,
        @Nullable EmailDigest emailDigest)
        implements Event {

    /** Without anything about e-mails. */
    public PreferencesChanged(
            String userId,
            String tenantId,
            long revision,
            @Nullable Boolean notificationsEnabled,
            @Nullable Boolean soundEnabled,
            @Nullable Boolean messagePreview,
            @Nullable Boolean notifyOnMention,
            @Nullable Boolean notifyOnReaction,
            @Nullable Boolean notifyOnGroupInvite,
            @Nullable QuietHours quietHours,
            @Nullable String lastSeenVisibility) {
        this(
                userId,
                tenantId,
                revision,
                notificationsEnabled,
                soundEnabled,
                messagePreview,
                notifyOnMention,
                notifyOnReaction,
                notifyOnGroupInvite,
                quietHours,
                lastSeenVisibility,
                null);
    }

    /**
     * When the user wants no notifications.
     *
     * @param start the time of day at which they begin, {@code HH:mm}
     * @param end the time of day at which they end, {@code HH:mm}; on the next day if it is not after the start
     * @param timezone the time zone of both, by its name in the IANA database
     */
    public record QuietHours(boolean enabled, String start, String end, String timezone) {}

    /**
     * E-mails about what the user has not read.
     *
     * @param afterHours for how long the user is away before there is one
     */
    public record EmailDigest(boolean enabled, int afterHours) {}

    @Override
    public String partitionKey() {
        return userId;
    }
}
