package dev.parley.events;

/** What the sender of a message is. */
public enum SenderKind {
    USER,
    BOT,
    SYSTEM
}
