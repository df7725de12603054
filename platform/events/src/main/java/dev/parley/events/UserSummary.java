package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, as others see it at the time of the event.
 *
 * @param avatarUrl the picture, where somebody else keeps it; null if {@code avatarFileId} names one, or there is none
 * @param avatarFileId the picture, where it is a file of the platform, whose address is signed whenever it is shown; null from
 *     older versions
 */
public record UserSummary(
        String id,
        String username,
        String displayName,
        @Nullable String avatarUrl,
        @Nullable String avatarFileId) {

    /** Somebody whose picture somebody else keeps. @param avatarUrl null for none */
    public UserSummary(String id, String username, String displayName, @Nullable String avatarUrl) {
        this(id, username, displayName, avatarUrl, null);
    }
}
