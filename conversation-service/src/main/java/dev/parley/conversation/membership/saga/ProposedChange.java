package dev.parley.conversation.membership.saga;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.ConversationSnapshot;
import dev.parley.events.Block;
import dev.parley.events.Block.NoticeKind.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that is allowed.
 *
 * @param notices the contents of the system messages, in their order; none if nothing has to change
 * @param hides whether those who leave delete the conversation for themselves
 * @param roster as it is afterwards
 * @param participantCount as it is afterwards
 */
public record ProposedChange(
        List<Block.Notice> notices, boolean hides, List<RosterEntry> roster, int participantCount) {

    /**
     * What the one who leaves with this change sees of the conversation afterwards. It is noted when the change is
     * begun, so that a change that is completed late shows nothing of what came in between.
     *
     * @return null if nobody leaves, or who leaves does not see the conversation afterwards
     */
    @Nullable ConversationSnapshot snapshotOf(Conversation conversation) {
        List<String> leavers = notices.stream()
                .filter(notice -> notice.kind().effect() == Effect.LEAVES)
                .flatMap(notice -> notice.members().stream())
                .map(member -> member.user().id())
                .toList();
        return leavers.size() != 1 || hides ? null : ConversationSnapshot.of(conversation, leavers.get(0));
    }
}
