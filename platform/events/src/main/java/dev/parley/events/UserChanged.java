package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A user was registered, or changed what others see.
 *
 * @param avatarUrl the picture, where somebody else keeps it
 * @param profileChanged whether names or picture changed, and not only what others are not shown; false for a registration;
 *     null from older versions, which do not say
 * @param lastSeenVisibility who is told when the user was last seen: {@code contacts} or {@code nobody}; null for everyone
 * @param avatarFileId the picture, where it is a file of the platform; null from older versions
 */
public record UserChanged(
        String userId,
        String tenantId,
        String username,
        String displayName,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String avatarUrl,
        @Nullable String lastSeenVisibility,
        @Nullable Boolean profileChanged,
        @Nullable String avatarFileId)
        implements UserEvent {}
