package dev.parley.conversation.projection;

import dev.parley.conversation.Membership;
import dev.parley.events.ConversationAdvanced;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.ConversationReturned;
import dev.parley.events.ConversationUpdated;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptCompleted;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.platform.event.ReceivedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The events of a batch, put together: what many of them say about one thing is written once. */
final class EventBatch {

    private static final Runnable NOTHING = () -> {};

    private final List<ConversationCreated> created = new ArrayList<>();
    private final Set<String> deletedConversations = new LinkedHashSet<>();
    private final Map<String, MessageSnapshot> last = new LinkedHashMap<>();
    private final Map<String, Long> sent = new LinkedHashMap<>();
    private final Map<String, MessageSnapshot> changed = new LinkedHashMap<>();
    private final List<MessageSnapshot> deleted = new ArrayList<>();
    private final List<MessageHidden> hidden = new ArrayList<>();
    private final List<ReceiptRead> read = new ArrayList<>();
    private final Set<String> conversations = new HashSet<>();

    static EventBatch of(List<ReceivedEvent> batch) {
        EventBatch events = new EventBatch();
        Addition addition = events.new Addition();
        batch.forEach(received -> {
            if (received.data() instanceof ConversationEvent event) {
                event.accept(addition).run();
            }
        });
        return events;
    }

    /** Adds what each kind of event says; the others say nothing that conversations and memberships show. */
    private final class Addition implements ConversationEvent.Visitor<Runnable> {

        @Override
        public Runnable conversationCreated(ConversationCreated event) {
            return () -> created.add(event);
        }

        @Override
        public Runnable conversationDeleted(ConversationDeleted event) {
            return event.userId() == null ? () -> deletedConversations.add(event.conversationId()) : NOTHING;
        }

        @Override
        public Runnable messageCreated(MessageCreated event) {
            return () -> addCreated(event.message());
        }

        @Override
        public Runnable messageChanged(MessageChange event) {
            return () -> addChange(event);
        }

        @Override
        public Runnable messageHidden(MessageHidden event) {
            return () -> {
                hidden.add(event);
                conversations.add(event.conversationId());
            };
        }

        @Override
        public Runnable receiptRead(ReceiptRead event) {
            return () -> read.add(event);
        }

        @Override
        public Runnable conversationUpdated(ConversationUpdated event) {
            return NOTHING;
        }

        @Override
        public Runnable conversationAdvanced(ConversationAdvanced event) {
            return NOTHING;
        }

        @Override
        public Runnable conversationReturned(ConversationReturned event) {
            return NOTHING;
        }

        @Override
        public Runnable receiptCompleted(ReceiptCompleted event) {
            return NOTHING;
        }

        @Override
        public Runnable receiptDelivered(ReceiptDelivered event) {
            return NOTHING;
        }
    }

    private void addCreated(MessageSnapshot message) {
        conversations.add(message.conversationId());
        last.merge(message.conversationId(), message, (one, other) -> one.seq() > other.seq() ? one : other);
        if (message.countsAsUnread()) {
            String sender =
                    Membership.id(message.conversationId(), message.sender().id());
            sent.merge(sender, message.senderOrdinal(), Math::max);
        }
    }

    private void addChange(MessageChange change) {
        MessageSnapshot message = change.message();
        conversations.add(message.conversationId());
        changed.merge(message.id(), message, (one, other) -> one.revision() > other.revision() ? one : other);
        if (change.deletes() && message.countsAsUnread()) {
            deleted.add(message);
        }
    }

    List<ConversationCreated> created() {
        return created;
    }

    /** The conversations that were deleted for everybody. */
    Set<String> deletedConversations() {
        return deletedConversations;
    }

    /** The newest message of each conversation that got one. */
    Collection<MessageSnapshot> last() {
        return last.values();
    }

    /** How many messages those who sent one have sent, by membership id. */
    Map<String, Long> sent() {
        return sent;
    }

    /** Changed messages after their newest change. */
    Collection<MessageSnapshot> changed() {
        return changed.values();
    }

    /** Messages that were deleted for everyone and had counted as unread. */
    List<MessageSnapshot> deleted() {
        return deleted;
    }

    List<MessageHidden> hidden() {
        return hidden;
    }

    List<ReceiptRead> read() {
        return read;
    }

    /** The conversations in which something happened to a message. */
    Set<String> conversations() {
        return conversations;
    }
}
