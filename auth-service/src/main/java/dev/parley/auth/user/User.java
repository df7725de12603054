package dev.parley.auth.user;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A person or a program with an account in one tenant.
 *
 * @param avatarUrl the picture, where somebody else keeps it
 * @param avatarFileId the picture, where it is a file of the platform
 * @param lastSeenVisibility a copy from the user's preferences; null where the user never chose it: everyone
 * @param preferencesRevision the revision of the preferences that it was copied from; null if it was copied from none
 * @param revision grows by one with every change that others see
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
        @Nullable String avatarFileId,
        @Nullable String phone,
        @Nullable LastSeenVisibility lastSeenVisibility,
        @Nullable Long preferencesRevision,
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
                avatarFileId,
                changed(phone, change.phone()),
                lastSeenVisibility,
                preferencesRevision,
                revision + 1,
                createdAt,
                now);
    }

    /** Copies the visibility from preferences, unless it was copied from newer ones. The same visibility is no new revision of the user. */
    User with(LastSeenVisibility visibility, long ofPreferences, Instant now) {
        if (preferencesRevision != null && preferencesRevision >= ofPreferences) {
            return this;
        }
        boolean same = visibility == lastSeenVisibility;
        return new User(
                id,
                tenantId,
                email,
                username,
                displayName,
                firstName,
                lastName,
                avatarUrl,
                avatarFileId,
                phone,
                visibility,
                ofPreferences,
                same ? revision : revision + 1,
                createdAt,
                same ? updatedAt : now);
    }

    /** With a file of the platform as the picture. The same file is no new revision of the user. */
    User withAvatar(String fileId, Instant now) {
        if (fileId.equals(avatarFileId)) {
            return this;
        }
        return new User(
                id,
                tenantId,
                email,
                username,
                displayName,
                firstName,
                lastName,
                null,
                fileId,
                phone,
                lastSeenVisibility,
                preferencesRevision,
                revision + 1,
                createdAt,
                now);
    }

    /** Whether others are shown another name or picture. */
    boolean looksOtherThan(User before) {
        return !(username.equals(before.username)
                && displayName.equals(before.displayName)
                && Objects.equals(firstName, before.firstName)
                && Objects.equals(lastName, before.lastName)
                && Objects.equals(avatarUrl, before.avatarUrl)
                && Objects.equals(avatarFileId, before.avatarFileId));
    }

    private static @Nullable String changed(@Nullable String old, @Nullable String given) {
        if (given == null) {
            return old;
        }
        return given.isEmpty() ? null : given;
    }
}
