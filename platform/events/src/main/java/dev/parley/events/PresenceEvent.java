package dev.parley.events;

/** A short-lived signal of one user, on {@link Topics#PRESENCE}: of interest to those who are connected now. */
public sealed interface PresenceEvent extends Event permits TypingChanged, PresenceChanged {

    String userId();

    @Override
    default String partitionKey() {
        return userId();
    }

    <R> R accept(Visitor<R> visitor);

    /** One case for each kind of signal. */
    interface Visitor<R> {
        R typingChanged(TypingChanged event);

        R presenceChanged(PresenceChanged event);
    }
}
