package dev.parley.presence.recovery;

import dev.parley.events.Block;
import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import java.util.List;
import java.util.stream.Stream;

/** Whom an event concerns, whether they are members at the time or not. */
public final class Concerned {

    /** What an event means for somebody's membership. */
    public enum Turn {
        COMES,
        GOES,
        NONE
    }

    private Concerned() {}

    /** The keys of the users. */
    static List<String> by(ConversationEvent event) {
        return event.accept(KEYS);
    }

    private static final ConversationEvent.Visitor<List<String>> KEYS = new ConversationEvent.Visitor<>() {
        @Override
        public List<String> conversationCreated(ConversationCreated event) {
            return keys(
                    event.tenantId(),
                    event.participants().stream()
                            .map(participant -> participant.user().id())
                            .toList());
        }

        @Override
        public List<String> conversationUpdated(ConversationUpdated event) {
            return keys(event.tenantId(), Stream.ofNullable(event.userId()).toList());
        }

        @Override
        public List<String> conversationAdvanced(ConversationAdvanced event) {
            return List.of();
        }

        @Override
        public List<String> conversationReturned(ConversationReturned event) {
            return keys(event.tenantId(), event.userIds());
        }

        @Override
        public List<String> conversationDeleted(ConversationDeleted event) {
            String userId = event.userId();
            return keys(event.tenantId(), userId == null ? event.memberIds() : List.of(userId));
        }

        @Override
        public List<String> messageCreated(MessageCreated event) {
            return keys(
                    event.message().tenantId(),
                    event.message().notice().map(Concerned::members).orElse(List.of()));
        }

        @Override
        public List<String> messageChanged(MessageChange event) {
            return List.of();
        }

        @Override
        public List<String> messageHidden(MessageHidden event) {
            return keys(event.tenantId(), List.of(event.userId()));
        }

        @Override
        public List<String> receiptRead(ReceiptRead event) {
            return keys(event.tenantId(), List.of(event.userId()));
        }

        @Override
        public List<String> receiptDelivered(ReceiptDelivered event) {
            return List.of();
        }
    };

    private static List<String> keys(String tenantId, List<String> userIds) {
        return userIds.stream().distinct().map(userId -> key(tenantId, userId)).toList();
    }

    static String key(String tenantId, String userId) {
        return tenantId + "/" + userId;
    }

    /** What becomes of a user's membership with an event that concerns the user. */
    public static Turn turn(ConversationEvent event, String userId) {
        return event.accept(new TurnOf(userId));
    }

    private record TurnOf(String userId) implements ConversationEvent.Visitor<Turn> {

        @Override
        public Turn conversationCreated(ConversationCreated event) {
            return Turn.COMES;
        }

        @Override
        public Turn conversationUpdated(ConversationUpdated event) {
            return Turn.NONE;
        }

        @Override
        public Turn conversationAdvanced(ConversationAdvanced event) {
            return Turn.NONE;
        }

        @Override
        public Turn conversationReturned(ConversationReturned event) {
            return Turn.NONE;
        }

        @Override
        public Turn conversationDeleted(ConversationDeleted event) {
            return event.userId() == null ? Turn.GOES : Turn.NONE;
        }

        @Override
        public Turn messageCreated(MessageCreated event) {
            return event.message()
                    .notice()
                    .filter(notice -> members(notice).contains(userId))
                    .map(notice -> switch (notice.kind()) {
                        case MEMBERS_ADDED -> Turn.COMES;
                        case MEMBER_REMOVED, MEMBER_LEFT -> Turn.GOES;
                        case ROLE_CHANGED -> Turn.NONE;
                    })
                    .orElse(Turn.NONE);
        }

        @Override
        public Turn messageChanged(MessageChange event) {
            return Turn.NONE;
        }

        @Override
        public Turn messageHidden(MessageHidden event) {
            return Turn.NONE;
        }

        @Override
        public Turn receiptRead(ReceiptRead event) {
            return Turn.NONE;
        }

        @Override
        public Turn receiptDelivered(ReceiptDelivered event) {
            return Turn.NONE;
        }
    }

    /** Whether a conversation comes into the list of a user with an event that concerns the user. */
    static boolean isOpening(ConversationEvent event, String userId) {
        return event instanceof ConversationReturned || turn(event, userId) == Turn.COMES;
    }

    private static List<String> members(Block.Notice notice) {
        return notice.members().stream().map(member -> member.user().id()).toList();
    }
}
