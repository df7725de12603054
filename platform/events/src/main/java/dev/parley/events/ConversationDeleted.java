package dev.parley.events;

import org.jspecify.annotations.Nullable;

/**
 * A conversation was deleted.
 *
 * @param userId the only member who does not have it any more; null if nobody has
 */
public record ConversationDeleted(
        String conversationId, String tenantId, @Nullable String userId, String deletedBy)
        implements ConversationEvent {}
