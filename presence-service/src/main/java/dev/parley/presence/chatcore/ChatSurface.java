package dev.parley.presence.chatcore;

import dev.parley.events.ConversationCreated;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.TypingChanged;
import dev.parley.events.UserSummary;
import dev.parley.presence.PresenceSettings;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import dev.parley.presence.socketio.Event;
import dev.parley.presence.socketio.Namespace;
import dev.parley.surface.chatcore.ConversationView;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ParticipantView;
import dev.parley.surface.chatcore.SettingsView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What happens, in the events of chat-core clients. */
@Component
final class ChatSurface implements Surface {

    /** @param tempId only for the sender's own devices */
    private record NewMessage(
            MessageView message,
            @Nullable String tempId,
            String senderName,
            @Nullable String senderAvatarUrl) {}

    private record TypingIndicator(
            String conversationId,
            String userId,
            String username,
            String displayName,
            @Nullable String avatarUrl,
            boolean isTyping) {}

    private final Namespace chat;
    private final PresenceSettings settings;

    ChatSurface(Namespace chat, PresenceSettings settings) {
        this.chat = chat;
        this.settings = settings;
    }

    @Override
    public void conversationCreated(ConversationCreated created) {
        ConversationView view = view(created);
        chat.to(RoomNames.ofConversation(created.conversationId())).emit("conversation_created", view);
    }

    private ConversationView view(ConversationCreated created) {
        return new ConversationView(
                created.conversationId(),
                created.tenantId(),
                ConversationView.type(created.kind()),
                created.name(),
                created.description(),
                null,
                created.participants().stream()
                        .limit(settings.maxRoster())
                        .map(ParticipantView::of)
                        .toList(),
                created.participants().size(),
                new SettingsView(false, false, false, new SettingsView.MessageConfig(900, 1800)),
                null,
                created.createdBy(),
                true,
                created.createdAt(),
                created.createdAt(),
                0,
                false,
                false,
                null,
                true,
                "none");
    }

    @Override
    public void messageCreated(MessageCreated created) {
        MessageSnapshot message = created.message();
        String conversation = RoomNames.ofConversation(message.conversationId());
        String sender = RoomNames.ofUser(message.tenantId(), message.sender().id());
        chat.to(sender).emit("new_message", newMessage(message, created.clientId()));
        chat.to(conversation).exceptRoom(sender).emit("new_message", newMessage(message, null));
    }

    private static NewMessage newMessage(MessageSnapshot message, @Nullable String tempId) {
        UserSummary sender = message.sender();
        return new NewMessage(MessageView.of(message, tempId), tempId, sender.displayName(), sender.avatarUrl());
    }

    @Override
    public void messageChanged(MessageChange change) {
        chat.to(RoomNames.ofConversation(change.conversationId())).emit(MessageChangeEvents.of(change));
    }

    @Override
    public void typingChanged(TypingChanged typing) {
        UserSummary user = typing.user();
        TypingIndicator indicator = new TypingIndicator(
                typing.conversationId(),
                user.id(),
                user.username(),
                user.displayName(),
                user.avatarUrl(),
                typing.typing());
        chat.to(RoomNames.ofConversation(typing.conversationId()))
                .exceptRoom(RoomNames.ofUser(typing.tenantId(), user.id()))
                .emit(Event.of("typing_indicator", indicator).asDroppable());
    }
}
