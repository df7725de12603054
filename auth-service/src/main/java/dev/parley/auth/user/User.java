package dev.parley.auth.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A person, or a program that acts like one, in one tenant.
 *
 * @param lastSeenVisibility null where the user never chose it: everyone
 * @param revision grows by one with every change
 */
public record User(
        @Id String id,
        String tenantId,
        String email,
        String username,
        String displayName,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String avatarUrl,
        @Nullable String phone,
        @Nullable LastSeenVisibility lastSeenVisibility,
        long revision,
        Instant createdAt,
        Instant updatedAt) {

    User with(ProfileChange change, Instant now) {
        return new User(
                id,
                tenantId,
                email,
                username,
                change.displayName() == null ? displayName : change.displayName(),
                changed(firstName, change.firstName()),
                changed(lastName, change.lastName()),
                avatarUrl,
                changed(phone, change.phone()),
                lastSeenVisibility,
                revision + 1,
                createdAt,
                now);
    }

    User with(LastSeenVisibility visibility, Instant now) {
        return new User(
                id,
                tenantId,
                email,
                username,
                displayName,
                firstName,
                lastName,
                avatarUrl,
                phone,
                visibility,
                revision + 1,
                createdAt,
                now);
    }

    private static @Nullable String changed(@Nullable String old, @Nullable String given) {
        if (given == null) {
            return old;
        }
        return given.isEmpty() ? null : given;
    }
}
