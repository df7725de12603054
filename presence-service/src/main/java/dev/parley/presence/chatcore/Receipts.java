package dev.parley.presence.chatcore;

import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.presence.live.MemberRooms;
import dev.parley.presence.live.RoomNames;
import dev.parley.presence.live.Surface;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Who got and who read what: for those who wrote it, each of their own messages, as long as they are members. */
@Component
final class Receipts implements Surface {

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

    private final Stream stream;
    private final MemberRooms rooms;

    Receipts(Stream stream, MemberRooms rooms) {
        this.stream = stream;
        this.rooms = rooms;
    }

    @Override
    public void messagesRead(ReceiptRead read) {
        String reader = RoomNames.ofUser(read.tenantId(), read.userId());
        List<String> all =
                read.messages().stream().map(ReceivedMessage::messageId).toList();
        Set<String> full = new HashSet<>(read.fullyReadMessageIds());
        bySender(read.tenantId(), read.conversationId(), read.messages(), (sender, ids) -> stream.to(sender)
                .emit(stream.event(
                        0,
                        "read_receipt",
                        receipt(read, ids, ids.stream().filter(full::contains).toList()))));
        stream.to(reader).emit(stream.event(0, "read_receipt", receipt(read, all, read.fullyReadMessageIds())));
        stream.to(reader)
                .emit(stream.event(1, "unread_count_changed", new Unread(read.conversationId(), read.unreadCount())));
    }

    private static Read receipt(ReceiptRead read, List<String> messageIds, List<String> fullyRead) {
        return new Read(read.conversationId(), read.messageId(), read.userId(), read.readAt(), messageIds, fullyRead);
    }

    @Override
    public void messagesDelivered(ReceiptDelivered delivered) {
        String conversationId = delivered.conversationId();
        Recipient to = new Recipient(delivered.userId());
        bySender(delivered.tenantId(), conversationId, delivered.messages(), (sender, ids) -> {
            if (ids.size() == 1) {
                stream.to(sender)
                        .emit(stream.event(
                                0,
                                "message_delivered",
                                new Delivered(conversationId, ids.get(0), to, delivered.deliveredAt())));
            } else {
                stream.to(sender)
                        .emit(stream.event(
                                0,
                                "messages_delivered",
                                new SeveralDelivered(conversationId, ids, to, delivered.deliveredAt())));
            }
        });
    }

    /** Gives the room of each sender who is here, with the ids of the sender's messages, oldest first. */
    private void bySender(
            String tenantId,
            String conversationId,
            List<ReceivedMessage> messages,
            BiConsumer<String, List<String>> receipt) {
        Map<String, List<String>> ids = messages.stream()
                .collect(Collectors.groupingBy(
                        ReceivedMessage::senderId,
                        LinkedHashMap::new,
                        Collectors.mapping(ReceivedMessage::messageId, Collectors.toList())));
        ids.forEach((senderId, ofSender) -> {
            if (rooms.isPresent(tenantId, senderId, conversationId)) {
                receipt.accept(RoomNames.ofUser(tenantId, senderId), ofSender);
            }
        });
    }
}
