package dev.parley.presence.membership;

import java.util.Map;
import java.util.Set;

/**
 * The conversations of which a user is a member, as conversation-service answers.
 *
 * @param fromSeqs the {@code seq} of the first message that the user sees, by conversation
 * @param hidden those of them that the user has taken out of the list, until the next message
 */
public record JoinedConversations(Map<String, Long> fromSeqs, Set<String> hidden) {

    public static final JoinedConversations NONE = new JoinedConversations(Map.of(), Set.of());
}
