package dev.parley.surface.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import org.jspecify.annotations.Nullable;

/** Who sent a message. Clients find every field there. @param avatarUrl null where there is no picture */
public record SenderView(
        String id,
        String username,
        String displayName,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String avatarUrl) {

    static SenderView of(UserSummary user, FileUrls urls) {
        return new SenderView(user.id(), user.username(), user.displayName(), PictureUrl.of(user, urls));
    }
}
