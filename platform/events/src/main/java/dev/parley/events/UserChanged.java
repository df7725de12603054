package dev.parley.events;

import org.jspecify.annotations.Nullable;

/** A user was registered, or changed what others see. */
public record UserChanged(
        String userId,
        String tenantId,
        String username,
        String displayName,
        @Nullable String avatarUrl) implements UserEvent {}
