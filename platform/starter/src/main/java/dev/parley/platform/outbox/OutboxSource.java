package dev.parley.platform.outbox;

/**
 * A collection whose documents carry their pending events: {@value #EVENTS}, a list of
 * {@link dev.parley.platform.event.PendingEvent}, and {@value #SINCE}, a time not after the oldest; both absent when
 * nothing is pending, except that the list may be empty for a moment. The change and its events are one write, so neither is ever without the other.
 */
public record OutboxSource(String collection) {

    public static final String EVENTS = "outbox";
    public static final String SINCE = "outboxSince";

    /** How often the sweeper could not publish the events; absent for never. */
    static final String TRIES = "outboxTries";

    /** When the sweeper tries a document again that it has set aside; absent on all others. */
    static final String RETRY_AT = "outboxRetryAt";
}
