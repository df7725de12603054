package dev.parley.surface.chatcore;

import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import org.jspecify.annotations.Nullable;

/** A user as a participant of a conversation, or in an invitation. @param avatarUrl null where there is no picture */
public record PersonView(
        String id,
        String username,
        String displayName,
        @Nullable String avatarUrl) {

    public static PersonView of(UserSummary user, FileUrls urls) {
        return new PersonView(user.id(), user.username(), user.displayName(), PictureUrl.of(user, urls));
    }
}
