package dev.parley.events;

/** A short-lived signal of one user, on {@link Topics#PRESENCE}. It is never stored and may be lost. */
public sealed interface PresenceEvent extends Event permits TypingChanged, PresenceChanged {

    String userId();

    @Override
    default String partitionKey() {
        return userId();
    }
}
