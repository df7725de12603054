package dev.parley.auth.chatcore;

import dev.parley.auth.user.User;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as {@code /api/v1} shows it to that user alone.
 *
 * @param isBot whether it is a program; no account of this service is one
 * @param status {@code online}, {@code away} or {@code offline}; null if presence-service does not tell it
 */
record OwnUserView(
        String id,
        String tenantId,
        String email,
        String username,
        String displayName,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String avatarUrl,
        @Nullable String phone,
        boolean isBot,
        @Nullable String status,
        Instant createdAt,
        Instant updatedAt) {

    static OwnUserView of(User user, @Nullable String status, FileUrls urls) {
        return new OwnUserView(
                user.id(),
                user.tenantId(),
                user.email(),
                user.username(),
                user.displayName(),
                user.firstName(),
                user.lastName(),
                PictureUrl.of(user.avatarFileId(), user.avatarUrl(), urls),
                user.phone(),
                false,
                status,
                user.createdAt(),
                user.updatedAt());
    }
}
