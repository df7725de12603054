package dev.parley.conversation;

import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.Conversation.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation was when a member left it. The former member sees it so from then on, whatever changes later.
 *
 * @param roster the other members, as many as lists name
 * @param participantCount how many the others were
 * @param deliveredSeq up to where messages had reached somebody other than their sender
 * @param fullyReadSeq the newest last message that everybody had read
 */
public record ConversationSnapshot(
        @Nullable String name,
        @Nullable String description,
        @Nullable String iconFileId,
        Settings settings,
        List<RosterEntry> roster,
        int participantCount,
        long deliveredSeq,
        long fullyReadSeq) {

    /** The conversation as it is before a member leaves it. */
    public static ConversationSnapshot of(Conversation conversation, String leaverId) {
        return new ConversationSnapshot(
                conversation.name(),
                conversation.description(),
                conversation.iconFileId(),
                conversation.settings(),
                conversation.roster().stream()
                        .filter(entry -> !entry.userId().equals(leaverId))
                        .toList(),
                conversation.participantCount() - 1,
                conversation.progress().deliveredSeq(),
                conversation.progress().fullyReadSeq());
    }
}
