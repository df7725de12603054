package dev.parley.events;

import org.jspecify.annotations.Nullable;

/** Who somebody is, as others see it at the time of the event. */
public record UserSummary(
        String id,
        String username,
        String displayName,
        @Nullable String avatarUrl) {}
