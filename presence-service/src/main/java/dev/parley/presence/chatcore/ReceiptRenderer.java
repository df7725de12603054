package dev.parley.presence.chatcore;

import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptCompleted.LastReading;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.presence.device.UserKey;
import dev.parley.presence.membership.DeviceRoom;
import dev.parley.presence.surface.EventContext;
import dev.parley.presence.surface.EventRenderer;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Who read and who received messages: each sender who is still a member is told about the own messages. */
final class ReceiptRenderer implements EventRenderer {

    private record Read(
            String conversationId,
            String messageId,
            String userId,
            Instant readAt,
            List<String> updatedMessageIds,
            List<String> fullyReadMessageIds) {}

    private record Unread(String conversationId, long unreadCount) {}

    private record Recipient(String userId) {}

    private record Delivered(String conversationId, String messageId, Recipient deliveredTo, Instant deliveredAt) {}

    private record SeveralDelivered(
            String conversationId, List<String> messageIds, Recipient deliveredTo, Instant deliveredAt) {}

    private final ChatWire wire;

    ReceiptRenderer(ChatWire wire) {
        this.wire = wire;
    }

    @Override
    public void messagesRead(ReceiptRead read, EventContext context) {
        DeviceRoom reader = DeviceRoom.ofUser(read.tenantId(), read.userId());
        List<String> all =
                read.messages().stream().map(ReceivedMessage::messageId).toList();
        Set<String> full = new HashSet<>(read.fullyReadMessageIds());
        bySender(
                read.tenantId(),
                read.conversationId(),
                read.messages(),
                context,
                (sender, ids) -> wire.emit(
                        context,
                        context.to(sender),
                        "read_receipt",
                        receipt(read, ids, ids.stream().filter(full::contains).toList())));
        wire.emit(context, context.to(reader), "read_receipt", receipt(read, all, read.fullyReadMessageIds()));
        wire.emit(
                context,
                context.to(reader),
                1,
                "unread_count_changed",
                new Unread(read.conversationId(), read.unreadCount()));
    }

    private static Read receipt(ReceiptRead read, List<String> messageIds, List<String> fullyRead) {
        return new Read(read.conversationId(), read.messageId(), read.userId(), read.readAt(), messageIds, fullyRead);
    }

    /** Like the receipt of the last reader, which could not say yet that all have read the messages. */
    @Override
    public void receiptsCompleted(ReceiptCompleted completed, EventContext context) {
        String conversationId = completed.conversationId();
        for (int part = 0; part < completed.readings().size(); part++) {
            LastReading reading = completed.readings().get(part);
            int readingPart = part;
            bySender(
                    completed.tenantId(),
                    conversationId,
                    reading.messages(),
                    context,
                    (sender, ids) -> wire.emit(
                            context,
                            context.to(sender),
                            readingPart,
                            "read_receipt",
                            new Read(
                                    conversationId,
                                    ids.get(ids.size() - 1),
                                    reading.userId(),
                                    reading.readAt(),
                                    ids,
                                    ids)));
        }
    }

    @Override
    public void messagesDelivered(ReceiptDelivered delivered, EventContext context) {
        String conversationId = delivered.conversationId();
        Recipient to = new Recipient(delivered.userId());
        bySender(delivered.tenantId(), conversationId, delivered.messages(), context, (sender, ids) -> {
            if (ids.size() == 1) {
                wire.emit(
                        context,
                        context.to(sender),
                        "message_delivered",
                        new Delivered(conversationId, ids.get(0), to, delivered.deliveredAt()));
            } else {
                wire.emit(
                        context,
                        context.to(sender),
                        "messages_delivered",
                        new SeveralDelivered(conversationId, ids, to, delivered.deliveredAt()));
            }
        });
    }

    /**
     * Calls {@code receipt} with the room of each sender who is a local member, and the ids of that sender's messages,
     * oldest first.
     */
    private static void bySender(
            String tenantId,
            String conversationId,
            List<ReceivedMessage> messages,
            EventContext context,
            BiConsumer<DeviceRoom, List<String>> receipt) {
        Map<String, List<String>> ids = messages.stream()
                .collect(Collectors.groupingBy(
                        ReceivedMessage::senderId,
                        LinkedHashMap::new,
                        Collectors.mapping(ReceivedMessage::messageId, Collectors.toList())));
        ids.forEach((senderId, ofSender) -> {
            UserKey sender = new UserKey(tenantId, senderId);
            if (context.members().isLocalMember(sender, conversationId)) {
                receipt.accept(DeviceRoom.ofUser(sender), ofSender);
            }
        });
    }
}
