package dev.parley.presence.live;

import dev.parley.events.Block;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is written, and what becomes of it. Who comes with a notice hears it as the first message of the conversation, and
 * who goes with one as the last: rooms change with the messages, in their order.
 */
final class LiveMessages {

    private final Surfaces surfaces;
    private final MemberRooms rooms;

    LiveMessages(Surfaces surfaces, MemberRooms rooms) {
        this.surfaces = surfaces;
        this.rooms = rooms;
    }

    void created(MessageCreated created) {
        MessageSnapshot message = created.message();
        message.notice().ifPresentOrElse(notice -> noted(created, notice), () -> told(created));
    }

    private void noted(MessageCreated created, Block.Notice notice) {
        MessageSnapshot message = created.message();
        List<String> userIds =
                notice.members().stream().map(member -> member.user().id()).toList();
        switch (notice.kind()) {
            case MEMBERS_ADDED -> {
                userIds.forEach(
                        userId -> rooms.come(message.tenantId(), userId, message.conversationId(), message.seq()));
                told(created);
                all(surface -> surface.membersCame(message, notice));
                all(surface -> surface.conversationOpened(message.tenantId(), message.conversationId(), userIds));
            }
            case MEMBER_REMOVED, MEMBER_LEFT -> {
                told(created);
                all(surface -> surface.membersGo(message, notice));
                userIds.forEach(
                        userId -> rooms.go(message.tenantId(), userId, message.conversationId(), message.seq()));
            }
            case ROLE_CHANGED -> told(created);
        }
    }

    private void told(MessageCreated created) {
        all(surface -> surface.messageCreated(created));
    }

    void changed(MessageChange change) {
        all(surface -> surface.messageChanged(change));
    }

    void hidden(MessageHidden hidden) {
        all(surface -> surface.messageHidden(hidden));
    }

    void read(ReceiptRead read) {
        all(surface -> surface.messagesRead(read));
    }

    void delivered(ReceiptDelivered delivered) {
        all(surface -> surface.messagesDelivered(delivered));
    }

    private void all(Consumer<Surface> telling) {
        surfaces.tell(telling);
    }
}
