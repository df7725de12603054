package dev.parley.events;

/** What a conversation is: between two users, among many, or a user's notes to self. */
public enum ConversationKind {
    DIRECT,
    GROUP,
    SELF
}
