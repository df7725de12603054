package dev.parley.presence.stream;

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
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.presence.device.UserKey;
import java.util.List;
import java.util.stream.Stream;

/** Which users an event is about, whether they are members at that time or not. */
public final class EventSubjects {

    /** What an event does to the membership of a user. */
    public enum MembershipEffect {
        ADDED,
        REMOVED,
        NONE
    }

    private EventSubjects() {}

    /** The users that an event is about. */
    public static List<UserKey> of(ConversationEvent event) {
        return event.accept(SUBJECTS);
    }

    private static final ConversationEvent.Visitor<List<UserKey>> SUBJECTS = new ConversationEvent.Visitor<>() {
        @Override
        public List<UserKey> conversationCreated(ConversationCreated event) {
            return keys(
                    event.tenantId(),
                    event.participants().stream()
                            .map(participant -> participant.user().id())
                            .toList());
        }

        @Override
        public List<UserKey> conversationUpdated(ConversationUpdated event) {
            return keys(event.tenantId(), Stream.ofNullable(event.userId()).toList());
        }

        @Override
        public List<UserKey> conversationAdvanced(ConversationAdvanced event) {
            return List.of();
        }

        @Override
        public List<UserKey> conversationReturned(ConversationReturned event) {
            return keys(event.tenantId(), event.userIds());
        }

        @Override
        public List<UserKey> conversationDeleted(ConversationDeleted event) {
            String userId = event.userId();
            return keys(event.tenantId(), userId == null ? event.memberIds() : List.of(userId));
        }

        @Override
        public List<UserKey> messageCreated(MessageCreated event) {
            return keys(
                    event.message().tenantId(),
                    event.message().notice().map(EventSubjects::members).orElse(List.of()));
        }

        @Override
        public List<UserKey> messageChanged(MessageChange event) {
            return List.of();
        }

        @Override
        public List<UserKey> messageHidden(MessageHidden event) {
            return keys(event.tenantId(), List.of(event.userId()));
        }

        @Override
        public List<UserKey> receiptRead(ReceiptRead event) {
            return keys(event.tenantId(), List.of(event.userId()));
        }

        @Override
        public List<UserKey> receiptCompleted(ReceiptCompleted event) {
            return List.of();
        }

        @Override
        public List<UserKey> receiptDelivered(ReceiptDelivered event) {
            return List.of();
        }
    };

    private static List<UserKey> keys(String tenantId, List<String> userIds) {
        return userIds.stream()
                .distinct()
                .map(userId -> new UserKey(tenantId, userId))
                .toList();
    }

    /** What an event that is about a user does to the membership of that user. */
    public static MembershipEffect membershipEffect(ConversationEvent event, String userId) {
        return event.accept(new EffectOn(userId));
    }

    private record EffectOn(String userId) implements ConversationEvent.Visitor<MembershipEffect> {

        @Override
        public MembershipEffect conversationCreated(ConversationCreated event) {
            return MembershipEffect.ADDED;
        }

        @Override
        public MembershipEffect conversationUpdated(ConversationUpdated event) {
            return MembershipEffect.NONE;
        }

        @Override
        public MembershipEffect conversationAdvanced(ConversationAdvanced event) {
            return MembershipEffect.NONE;
        }

        @Override
        public MembershipEffect conversationReturned(ConversationReturned event) {
            return MembershipEffect.NONE;
        }

        @Override
        public MembershipEffect conversationDeleted(ConversationDeleted event) {
            return event.userId() == null ? MembershipEffect.REMOVED : MembershipEffect.NONE;
        }

        @Override
        public MembershipEffect messageCreated(MessageCreated event) {
            return event.message()
                    .notice()
                    .filter(notice -> members(notice).contains(userId))
                    .map(notice -> switch (notice.kind().effect()) {
                        case JOINS -> MembershipEffect.ADDED;
                        case LEAVES -> MembershipEffect.REMOVED;
                        case CHANGES_ROLE, NONE -> MembershipEffect.NONE;
                    })
                    .orElse(MembershipEffect.NONE);
        }

        @Override
        public MembershipEffect messageChanged(MessageChange event) {
            return MembershipEffect.NONE;
        }

        @Override
        public MembershipEffect messageHidden(MessageHidden event) {
            return MembershipEffect.NONE;
        }

        @Override
        public MembershipEffect receiptRead(ReceiptRead event) {
            return MembershipEffect.NONE;
        }

        @Override
        public MembershipEffect receiptCompleted(ReceiptCompleted event) {
            return MembershipEffect.NONE;
        }

        @Override
        public MembershipEffect receiptDelivered(ReceiptDelivered event) {
            return MembershipEffect.NONE;
        }
    }

    /** Whether an event that is about a user brings the conversation into the list of that user. */
    static boolean isOpening(ConversationEvent event, String userId) {
        return event instanceof ConversationReturned || membershipEffect(event, userId) == MembershipEffect.ADDED;
    }

    private static List<String> members(Block.Notice notice) {
        return notice.members().stream().map(member -> member.user().id()).toList();
    }
}
