package dev.parley.presence.chatcore;

import dev.parley.events.MessageAttachmentsProcessed;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageEdited;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessagePinned;
import dev.parley.events.MessageUnpinned;
import dev.parley.events.ReactionChanged;
import dev.parley.platform.file.FileUrls;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.socketio.SocketIoEvent;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import dev.parley.surface.chatcore.AttachmentView;
import dev.parley.surface.chatcore.MessageView;
import dev.parley.surface.chatcore.ReactionView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages that are edited, deleted, reacted to, pinned, unpinned or hidden, or whose files were processed. */
final class MessageChangeRenderer implements EventRenderer {

    private record MessageUpdated(
            String messageId,
            String conversationId,
            @Nullable String text,
            @Nullable Instant editedAt) {}

    private record MessageDeletion(String messageId, String conversationId) {}

    private record ReactionUpdated(String messageId, String conversationId, List<ReactionView> reactions) {}

    private record PinUpdated(
            String messageId,
            String conversationId,
            boolean isPinned,
            @Nullable String pinnedBy,
            @Nullable Instant pinnedAt) {}

    private record ThumbnailsReady(String messageId, String conversationId, List<AttachmentView> attachments) {}

    private final ChatWire wire;
    private final FileUrls urls;

    MessageChangeRenderer(ChatWire wire, FileUrls urls) {
        this.wire = wire;
        this.urls = urls;
    }

    @Override
    public void messageChanged(MessageChange change, EventContext context) {
        wire.emit(context, context.audiences().listeners(change), 0, () -> event(change));
    }

    private SocketIoEvent event(MessageChange change) {
        return change.accept(new ChangeEvent(MessageView.of(change.message(), null, urls)));
    }

    /** @param message the message after the change */
    private record ChangeEvent(MessageView message) implements MessageChange.ChangeVisitor<SocketIoEvent> {

        @Override
        public SocketIoEvent edited(MessageEdited change) {
            return SocketIoEvent.of(
                    "message_updated",
                    new MessageUpdated(
                            message.id(),
                            message.conversationId(),
                            message.content().text(),
                            message.editedAt()));
        }

        @Override
        public SocketIoEvent deleted(MessageDeleted change) {
            return SocketIoEvent.of("message_deleted", new MessageDeletion(message.id(), message.conversationId()));
        }

        @Override
        public SocketIoEvent reactionChanged(ReactionChanged change) {
            return SocketIoEvent.of(
                    "reaction_updated",
                    new ReactionUpdated(message.id(), message.conversationId(), message.reactions()));
        }

        @Override
        public SocketIoEvent pinned(MessagePinned change) {
            return pinUpdated();
        }

        @Override
        public SocketIoEvent unpinned(MessageUnpinned change) {
            return pinUpdated();
        }

        @Override
        public SocketIoEvent attachmentsProcessed(MessageAttachmentsProcessed change) {
            return SocketIoEvent.of(
                    "message_thumbnails_ready",
                    new ThumbnailsReady(
                            message.id(),
                            message.conversationId(),
                            message.content().attachments()));
        }

        private SocketIoEvent pinUpdated() {
            return SocketIoEvent.of(
                    "message_pin_updated",
                    new PinUpdated(
                            message.id(),
                            message.conversationId(),
                            message.isPinned(),
                            message.pinnedBy(),
                            message.pinnedAt()));
        }
    }

    @Override
    public void messageHidden(MessageHidden hidden, EventContext context) {
        wire.emit(
                context,
                context.to(DeviceRoom.ofUser(hidden.tenantId(), hidden.userId())),
                "message_deleted_for_me",
                Map.of("messageId", hidden.messageId(), "conversationId", hidden.conversationId()));
    }
}
