package dev.parley.notification.audience;

import dev.parley.events.ConversationKind;
import org.jspecify.annotations.Nullable;

/**
 * A conversation, as far as it matters to who is told of it.
 *
 * @param name null for a conversation without one
 */
public record AudienceConversation(
        String id,
        String tenantId,
        ConversationKind kind,
        @Nullable String name) {}
