package dev.parley.presence.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReplyReference;
import dev.parley.events.UserSummary;
import dev.parley.presence.device.Device;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import dev.parley.surface.chatcore.MessageView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** New messages: {@code new_message}. */
final class MessageRenderer implements EventRenderer {

    /** @param tempId only set for the sender's own devices */
    private record NewMessage(
            MessageView message,
            @Nullable String tempId,
            String senderName,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String senderAvatarUrl) {}

    private final ChatWire wire;

    MessageRenderer(ChatWire wire) {
        this.wire = wire;
    }

    /**
     * Excludes members who must not see the message: this node may know a member before it reads the system message that
     * added the member.
     */
    @Override
    public void messageCreated(MessageCreated created, EventContext context) {
        MessageSnapshot message = created.message();
        DeviceRoom conversation = DeviceRoom.ofConversation(message.conversationId());
        DeviceRoom sender =
                DeviceRoom.ofUser(message.tenantId(), message.sender().id());
        Set<DeviceRoom> excluded = context.members().roomsExcludedFromNew(message.conversationId(), message.seq());
        Set<DeviceRoom> withoutPreview = new HashSet<>(roomsExcludedFromQuoted(message, context));
        withoutPreview.removeAll(excluded);
        List<Device> reached = new ArrayList<>(wire.emit(
                context,
                context.to(conversation)
                        .exceptRoom(sender)
                        .exceptRooms(excluded)
                        .exceptRooms(withoutPreview),
                "new_message",
                newMessage(message, null)));
        if (!withoutPreview.isEmpty()) {
            reached.addAll(wire.emit(
                    context,
                    context.to(withoutPreview).onlyIn(conversation).exceptRoom(sender),
                    "new_message",
                    newMessage(message.withoutReplyPreview(), null)));
        }
        context.trackDelivery(message, reached);
        // Last, because the sender already knows the message.
        wire.emit(context, context.to(sender), "new_message", newMessage(message, created.clientId()));
    }

    /** The rooms of the members who must not see the quoted message. */
    private static Set<DeviceRoom> roomsExcludedFromQuoted(MessageSnapshot message, EventContext context) {
        ReplyReference quoted = message.replyTo();
        Long seq = quoted == null ? null : quoted.seq();
        return seq == null ? Set.of() : context.members().roomsExcludedFromEarlier(message.conversationId(), seq);
    }

    private static NewMessage newMessage(MessageSnapshot message, @Nullable String tempId) {
        UserSummary sender = message.sender();
        return new NewMessage(MessageView.of(message, tempId), tempId, sender.displayName(), sender.avatarUrl());
    }
}
