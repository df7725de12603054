package dev.parley.presence.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.events.UserChanged;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users with another name or picture: {@code user_updated}, once to each device. */
final class ProfileRenderer implements EventRenderer {

    /** What the user does not have (any more) is JSON null, so that clients can put it over what they know. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Profile(
            String id,
            String username,
            String displayName,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String avatarUrl) {}

    private record UserUpdated(Profile user) {}

    private final ChatWire wire;
    private final FileUrls urls;

    ProfileRenderer(ChatWire wire, FileUrls urls) {
        this.wire = wire;
        this.urls = urls;
    }

    @Override
    public void profileChanged(UserChanged user, Collection<String> observers, EventContext context) {
        List<DeviceRoom> rooms = observers.stream()
                .map(observer -> DeviceRoom.ofUser(user.tenantId(), observer))
                .toList();
        Profile profile = new Profile(
                user.userId(),
                user.username(),
                user.displayName(),
                user.firstName(),
                user.lastName(),
                PictureUrl.of(user.avatarFileId(), user.avatarUrl(), urls));
        wire.emit(context, context.to(rooms), "user_updated", new UserUpdated(profile));
    }
}
