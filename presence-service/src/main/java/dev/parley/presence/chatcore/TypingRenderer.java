package dev.parley.presence.chatcore;

import dev.parley.events.TypingChanged;
import dev.parley.events.UserSummary;
import dev.parley.platform.file.FileUrls;
import dev.parley.platform.file.PictureUrl;
import dev.parley.presence.socketio.SocketIoEvent;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import org.jspecify.annotations.Nullable;

/** Shows who is typing to the other members: {@code typing_indicator}. */
final class TypingRenderer implements EventRenderer {

    private record Indicator(
            String conversationId,
            String userId,
            String username,
            String displayName,
            @Nullable String avatarUrl,
            boolean isTyping) {}

    private final ChatWire wire;
    private final FileUrls urls;

    TypingRenderer(ChatWire wire, FileUrls urls) {
        this.wire = wire;
        this.urls = urls;
    }

    @Override
    public void typingChanged(TypingChanged event, EventContext context) {
        UserSummary user = event.user();
        Indicator indicator = new Indicator(
                event.conversationId(),
                user.id(),
                user.username(),
                user.displayName(),
                PictureUrl.of(user, urls),
                event.typing());
        wire.emit(context, context.audiences().others(event), 0, () -> SocketIoEvent.of("typing_indicator", indicator)
                .asDroppable());
    }
}
