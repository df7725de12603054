package dev.parley.notification.audience;

/** What people have before their eyes, as far as this instance has heard. */
public interface OpenConversations {

    /** Whether the user has the conversation open on a device on which somebody is. */
    boolean isOpen(String userId, String conversationId);
}
