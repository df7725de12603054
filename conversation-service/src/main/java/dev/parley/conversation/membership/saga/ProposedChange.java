package dev.parley.conversation.membership.saga;

import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.events.Block;
import java.util.List;

/**
 * A change that is allowed.
 *
 * @param notices the contents of the system messages, in their order; none if nothing has to change
 * @param hides whether those who leave delete the conversation for themselves
 * @param roster as it is afterwards
 * @param participantCount as it is afterwards
 */
public record ProposedChange(
        List<Block.Notice> notices, boolean hides, List<RosterEntry> roster, int participantCount) {}
