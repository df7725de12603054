package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A user was registered, or changed what others see.
 *
 * @param lastSeenVisibility who is told when the user was last seen: {@code contacts} or {@code nobody}; null for everyone
 */
public record UserChanged(
        String userId,
        String tenantId,
        String username,
        String displayName,
        @Nullable String avatarUrl,
        @Nullable String lastSeenVisibility)
        implements UserEvent {}
