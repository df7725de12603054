package dev.parley.surface.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.events.UserSummary;
import org.jspecify.annotations.Nullable;

/** Who sent a message. Clients find every field there. @param avatarUrl null where there is no picture */
public record SenderView(
        String id,
        String username,
        String displayName,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String avatarUrl) {

    static SenderView of(UserSummary user) {
        return new SenderView(user.id(), user.username(), user.displayName(), user.avatarUrl());
    }
}
