package dev.parley.conversation.creation;

import dev.parley.conversation.Conversation;

/** What came of a request for a conversation. @param created false if there was such a conversation before */
public record Creation(Conversation conversation, boolean created) {}
