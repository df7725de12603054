package dev.parley.surface.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import org.jspecify.annotations.Nullable;

/** Somebody who is named beside something else. @param avatarUrl null where there is no picture */
public record PersonView(
        String id,
        String username,
        String displayName,
        @Nullable String avatarUrl) {

    public static PersonView of(UserSummary user, FileUrls urls) {
        return new PersonView(user.id(), user.username(), user.displayName(), PictureUrl.of(user, urls));
    }
}
