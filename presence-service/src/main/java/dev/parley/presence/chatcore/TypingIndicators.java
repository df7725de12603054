package dev.parley.presence.chatcore;

import dev.parley.events.TypingChanged;
import dev.parley.events.UserSummary;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.socketio.Namespace;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows who is typing to the others. */
@Component
final class TypingIndicators implements Surface {

    private record Indicator(
            String conversationId,
            String userId,
            String username,
            String displayName,
            @Nullable String avatarUrl,
            boolean isTyping) {}

    private final Namespace chat;
    private final Typists typists;

    TypingIndicators(Namespace chat, Typists typists) {
        this.chat = chat;
        this.typists = typists;
    }

    @Override
    public void typingChanged(TypingChanged event) {
        typists.remember(event);
        UserSummary user = event.user();
        Indicator indicator = new Indicator(
                event.conversationId(),
                user.id(),
                user.username(),
                user.displayName(),
                user.avatarUrl(),
                event.typing());
        chat.to(RoomNames.ofConversation(event.conversationId()))
                .exceptRoom(RoomNames.ofUser(event.tenantId(), user.id()))
                .emit(Event.of("typing_indicator", indicator).asDroppable());
    }
}
