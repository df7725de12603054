package dev.parley.conversation.membership;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.ConversationSettings;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Works out which members a conversation names in lists after a change: as many as fit. */
@Component
public final class RosterUpdates {

    private final GroupMembers members;
    private final ConversationSettings settings;

    RosterUpdates(GroupMembers members, ConversationSettings settings) {
        this.members = members;
        this.settings = settings;
    }

    List<RosterEntry> with(Conversation conversation, List<Participant> added) {
        return Stream.concat(conversation.roster().stream(), added.stream().map(RosterEntry::of))
                .limit(settings.maxRoster())
                .toList();
    }

    public static List<RosterEntry> with(List<RosterEntry> roster, String userId, Role role) {
        return roster.stream()
                .map(entry -> entry.userId().equals(userId) ? new RosterEntry(userId, role, entry.joinedAt()) : entry)
                .toList();
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
        Set<String> named = rest.stream().map(RosterEntry::userId).collect(Collectors.toSet());
        return members.longestFirst(conversation.id(), userId).map(candidates -> Stream.concat(
                        rest.stream(),
                        candidates.stream()
                                .filter(member -> !named.contains(member.userId()))
                                .map(member -> new RosterEntry(member.userId(), member.role(), member.joinedAt())))
                .limit(settings.maxRoster())
                .toList());
    }
}
