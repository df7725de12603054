package dev.parley.conversation;

import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.events.Participant.Role;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which participants a conversation names wherever it is shown. Up to a limit it names all. Of more it names as many as the
 * limit, the first by joining, and beside them the admins, again as many as the limit at most: so that a document stays small
 * where everybody is an admin. Whoever sees the conversation is named beside these.
 */
public final class Roster {

    private Roster() {}

    /** @param candidates in the order of joining, or a roster and those who were added */
    public static List<RosterEntry> of(List<RosterEntry> candidates, int limit) {
        return Stream.concat(
                        candidates.stream().limit(limit),
                        candidates.stream()
                                .skip(limit)
                                .filter(entry -> entry.role() == Role.ADMIN)
                                .limit(limit))
                .toList();
    }
}
