package dev.parley.events;

/**
 * Something that happened, as the services tell each other. Its wire name and topic are in {@link EventCatalogue}; it
 * travels as a CloudEvent in Kafka's binary mode ({@code ce_id}, {@code ce_type}, {@code ce_source}, {@code ce_time}
 * headers) with this record as its JSON data.
 *
 * <p>Records only grow: a new component is nullable, and a reader ignores what it does not know.
 */
public sealed interface Event
        permits ConversationEvent,
                UserEvent,
                PreferencesChanged,
                SessionEnded,
                InvitationChanged,
                PresenceEvent,
                NodeEvent,
                FileProcessed {

    /** The Kafka key. Events with the same key are seen in the order in which they were published. */
    String partitionKey();
}
