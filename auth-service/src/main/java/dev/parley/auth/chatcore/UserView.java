package dev.parley.auth.chatcore;

import dev.parley.auth.user.User;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import org.jspecify.annotations.Nullable;

/**
 * A user as {@code /api/v1} shows it to others: no email, no phone.
 *
 * @param isBot whether it is a program; no account of this service is one
 * @param status {@code online}, {@code away} or {@code offline}; null if the viewer may not see it, or presence-service does not tell it
 */
record UserView(
        String id,
        String username,
        String displayName,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String avatarUrl,
        boolean isBot,
        @Nullable String status) {

    static UserView of(User user, @Nullable String status, FileUrls urls) {
        return new UserView(
                user.id(),
                user.username(),
                user.displayName(),
                user.firstName(),
                user.lastName(),
                PictureUrl.of(user.avatarFileId(), user.avatarUrl(), urls),
                false,
                status);
    }
}
