package dev.parley.conversation;

import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.events.ConversationCreated;
import java.util.List;

/** The first members of a new conversation. They see it from its beginning. */
public record InitialMembers(String conversationId, String tenantId, List<RosterEntry> members) {

    public static InitialMembers of(ConversationCreated created) {
        return new InitialMembers(
                created.conversationId(),
                created.tenantId(),
                created.participants().stream().map(RosterEntry::of).toList());
    }

    /** Those whom the conversation names itself. A group may have more: the event of its creation names all. */
    public static InitialMembers named(Conversation conversation) {
        return new InitialMembers(conversation.id(), conversation.tenantId(), conversation.roster());
    }
}
