package dev.parley.conversation.membership;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Roster;
import dev.parley.events.Participant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Works out which members a conversation names after a change: see {@link Roster}. */
@Component
public final class RosterUpdates {

    private final GroupMembers members;
    private final ConversationSettings settings;

    RosterUpdates(GroupMembers members, ConversationSettings settings) {
        this.members = members;
        this.settings = settings;
    }

    /** @param added in the order of joining */
    Mono<List<RosterEntry>> with(Conversation conversation, List<Participant> added) {
        return present(conversation)
                .map(present ->
                        fitting(Stream.concat(present.stream(), added.stream().map(RosterEntry::of))));
    }

    /** The limit may have been lower when the roster was written. */
    private Mono<List<RosterEntry>> present(Conversation conversation) {
        List<RosterEntry> roster = conversation.roster();
        return roster.size() >= Math.min(conversation.participantCount(), settings.maxRoster())
                ? Mono.just(roster)
                : members.longestFirst(conversation.id()).map(RosterUpdates::entries);
    }

    /** @param changed a member with another role, who may not have been named before or may not be named any more */
    public List<RosterEntry> with(List<RosterEntry> roster, Participant changed) {
        RosterEntry entry = RosterEntry.of(changed);
        boolean isNamed = roster.stream().anyMatch(other -> other.userId().equals(entry.userId()));
        return fitting(
                isNamed
                        ? roster.stream().map(other -> other.userId().equals(entry.userId()) ? entry : other)
                        : Stream.concat(roster.stream(), Stream.of(entry)));
    }

    /** A member who was not named takes the free entry, if there is one. */
    Mono<List<RosterEntry>> without(Conversation conversation, String userId) {
        List<RosterEntry> rest = conversation.roster().stream()
                .filter(entry -> !entry.userId().equals(userId))
                .toList();
        int others = conversation.participantCount() - 1;
        if (rest.size() == conversation.roster().size() || rest.size() == others) {
            return Mono.just(rest);
        }
        return members.longestFirst(conversation.id())
                .map(all -> fitting(
                        entries(all).stream().filter(entry -> !entry.userId().equals(userId))));
    }

    private static List<RosterEntry> entries(List<Membership> memberships) {
        return memberships.stream().map(RosterEntry::of).toList();
    }

    private List<RosterEntry> fitting(Stream<RosterEntry> candidates) {
        return Roster.of(candidates.toList(), settings.maxRoster());
    }
}
