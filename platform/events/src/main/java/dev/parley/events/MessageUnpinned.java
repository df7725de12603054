package dev.parley.events;

/** A member took a pin away. */
public record MessageUnpinned(MessageSnapshot message, String unpinnedBy) implements MessageChange {}
