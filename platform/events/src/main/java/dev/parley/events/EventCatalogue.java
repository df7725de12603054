package dev.parley.events;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every event with its stable wire name and its topic. */
public final class EventCatalogue {

    /**
     * @param type the wire name, {@code ce_type}
     * @param topic the Kafka topic
     * @param dataClass the record that the JSON data is read into
     */
    public record Entry(String type, String topic, Class<? extends Event> dataClass) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("conversation.created", Topics.CONVERSATIONS, ConversationCreated.class),
            new Entry("conversation.updated", Topics.CONVERSATIONS, ConversationUpdated.class),
            new Entry("conversation.advanced", Topics.CONVERSATIONS, ConversationAdvanced.class),
            new Entry("conversation.returned", Topics.CONVERSATIONS, ConversationReturned.class),
            new Entry("conversation.deleted", Topics.CONVERSATIONS, ConversationDeleted.class),
            new Entry("message.created", Topics.CONVERSATIONS, MessageCreated.class),
            new Entry("message.edited", Topics.CONVERSATIONS, MessageEdited.class),
            new Entry("message.deleted", Topics.CONVERSATIONS, MessageDeleted.class),
            new Entry("reaction.changed", Topics.CONVERSATIONS, ReactionChanged.class),
            new Entry("message.pinned", Topics.CONVERSATIONS, MessagePinned.class),
            new Entry("message.unpinned", Topics.CONVERSATIONS, MessageUnpinned.class),
            new Entry("message.attachments-processed", Topics.CONVERSATIONS, MessageAttachmentsProcessed.class),
            new Entry("message.hidden", Topics.CONVERSATIONS, MessageHidden.class),
            new Entry("receipt.read", Topics.CONVERSATIONS, ReceiptRead.class),
            new Entry("receipt.completed", Topics.CONVERSATIONS, ReceiptCompleted.class),
            new Entry("receipt.delivered", Topics.CONVERSATIONS, ReceiptDelivered.class),
            new Entry("user.changed", Topics.USERS, UserChanged.class),
            new Entry("preferences.changed", Topics.PREFERENCES, PreferencesChanged.class),
            new Entry("session.ended", Topics.SESSIONS, SessionEnded.class),
            new Entry("invitation.changed", Topics.INVITATIONS, InvitationChanged.class),
            new Entry("file.processed", Topics.FILES, FileProcessed.class),
            new Entry("typing.changed", Topics.PRESENCE, TypingChanged.class),
            new Entry("presence.changed", Topics.PRESENCE, PresenceChanged.class),
            new Entry("node.alive", Topics.PRESENCE, NodeHeartbeat.class),
            new Entry("node.left", Topics.PRESENCE, NodeStopped.class),
            new Entry("node.asks", Topics.PRESENCE, NodeSnapshotRequested.class),
            new Entry("node.told", Topics.PRESENCE, NodeSnapshotSent.class));

    private static final Map<String, Entry> BY_TYPE =
            ENTRIES.stream().collect(Collectors.toUnmodifiableMap(Entry::type, Function.identity()));
    private static final Map<Class<?>, Entry> BY_CLASS =
            ENTRIES.stream().collect(Collectors.toUnmodifiableMap(Entry::dataClass, Function.identity()));

    private EventCatalogue() {}

    public static List<Entry> entries() {
        return ENTRIES;
    }

    /** The entry of a wire name; empty for a name of a newer version, which the reader ignores. */
    public static Optional<Entry> named(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    /** @throws IllegalArgumentException if the event was left out of the catalogue */
    public static Entry of(Event event) {
        Entry entry = BY_CLASS.get(event.getClass());
        if (entry == null) {
            throw new IllegalArgumentException("Not in the catalogue: " + event.getClass());
        }
        return entry;
    }
}
