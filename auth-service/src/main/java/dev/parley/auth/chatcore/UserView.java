package dev.parley.auth.chatcore;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.parley.auth.user.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user as {@code /api/v1} shows it. Times have milliseconds even where those are zero. */
record UserView(
        String id,
        String tenantId,
        String email,
        String username,
        String displayName,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String avatarUrl,
        @Nullable String phone,

        @JsonFormat(pattern = TIME, timezone = "UTC") Instant createdAt,

        @JsonFormat(pattern = TIME, timezone = "UTC") Instant updatedAt) {

    private static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";

    static UserView of(User user) {
        return new UserView(
                user.id(),
                user.tenantId(),
                user.email(),
                user.username(),
                user.displayName(),
                user.firstName(),
                user.lastName(),
                user.avatarUrl(),
                user.phone(),
                user.createdAt(),
                user.updatedAt());
    }
}
