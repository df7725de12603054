package dev.parley.presence.chatcore;

import dev.parley.presence.socketio.SocketIoEvent;
import dev.parley.presence.socketio.SocketIoForm;
import dev.parley.presence.surface.ConversationPresenter;
import dev.parley.presence.surface.EventRenderer;
import dev.parley.presence.surface.LiveSurface;
import dev.parley.presence.surface.ResyncReason;
import dev.parley.presence.transport.WireMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chat-core client family: Socket.IO in the namespace {@code /chat}. */
final class ChatSurface implements LiveSurface {

    private final SocketIoForm form;
    private final ChatCommands commands;
    private final List<EventRenderer> renderers;
    private final ChatConversations conversations;

    ChatSurface(
            SocketIoForm form, ChatCommands commands, List<EventRenderer> renderers, ChatConversations conversations) {
        this.form = form;
        this.commands = commands;
        this.renderers = List.copyOf(renderers);
        this.conversations = conversations;
    }

    @Override
    public SocketIoForm form() {
        return form;
    }

    @Override
    public List<EventRenderer> renderers() {
        return renderers;
    }

    @Override
    public Collection<String> commands() {
        return commands.names();
    }

    @Override
    public List<WireMessage> greeting(String offset, List<String> onlineUserIds, @Nullable ResyncReason resync) {
        List<WireMessage> messages = new ArrayList<>();
        messages.add(form.event(SocketIoEvent.of("online_users", Map.of("userIds", onlineUserIds))
                .at(offset)));
        if (resync != null) {
            messages.add(form.event(SocketIoEvent.of("resync_required", Map.of("reason", resync.wireName()))));
        }
        return messages;
    }

    @Override
    public WireMessage position(String offset) {
        return form.event(
                SocketIoEvent.of("stream_position", Map.of()).asDroppable().at(offset));
    }

    @Override
    public Optional<ConversationPresenter<?>> conversations() {
        return Optional.of(conversations);
    }
}
