package dev.parley.conversation.projection;

import dev.parley.conversation.Membership;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.ConversationEvent;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageDeleted;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.ReceiptRead;
import dev.parley.events.SenderKind;
import dev.parley.platform.event.ReceivedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the events of a batch come to, so that what many of them say about one thing is written once. */
final class EventBatch {

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
        EventBatch projected = new EventBatch();
        batch.forEach(event -> {
            if (event.data() instanceof ConversationEvent fact) {
                projected.add(fact);
            }
        });
        return projected;
    }

    private void add(ConversationEvent event) {
        if (event instanceof ConversationCreated one) {
            created.add(one);
        } else if (event instanceof ConversationDeleted gone && gone.userId() == null) {
            deletedConversations.add(gone.conversationId());
        } else if (event instanceof MessageCreated created) {
            addCreated(created.message());
        } else if (event instanceof MessageChange change) {
            addChange(change);
        } else if (event instanceof MessageHidden one) {
            hidden.add(one);
            conversations.add(one.conversationId());
        } else if (event instanceof ReceiptRead receipt) {
            read.add(receipt);
        }
    }

    private void addCreated(MessageSnapshot message) {
        conversations.add(message.conversationId());
        last.merge(message.conversationId(), message, (one, other) -> one.seq() > other.seq() ? one : other);
        if (counts(message)) {
            String sender =
                    Membership.id(message.conversationId(), message.sender().id());
            sent.merge(sender, message.senderOrdinal(), Math::max);
        }
    }

    private void addChange(MessageChange change) {
        MessageSnapshot message = change.message();
        conversations.add(message.conversationId());
        changed.merge(message.id(), message, (one, other) -> one.revision() > other.revision() ? one : other);
        if (change instanceof MessageDeleted && counts(message)) {
            deleted.add(message);
        }
    }

    /** Notices do not count as unread. */
    private static boolean counts(MessageSnapshot message) {
        return message.senderKind() != SenderKind.SYSTEM;
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
