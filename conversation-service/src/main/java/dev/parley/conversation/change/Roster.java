package dev.parley.conversation.change;

import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.Conversation.RosterEntry;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Works out whom a conversation's lists name after a change: as many members as fit. */
@Component
final class Roster {

    private static final Comparator<Membership> LONGEST_FIRST =
            Comparator.comparing(Membership::joinedAt).thenComparing(Membership::userId);

    private final Memberships memberships;
    private final ConversationSettings settings;

    Roster(Memberships memberships, ConversationSettings settings) {
        this.memberships = memberships;
        this.settings = settings;
    }

    List<RosterEntry> with(Conversation conversation, List<Participant> added) {
        return Stream.concat(
                        conversation.roster().stream(),
                        added.stream()
                                .map(member -> new RosterEntry(member.user().id(), member.role(), member.joinedAt())))
                .limit(settings.maxRoster())
                .toList();
    }

    static List<RosterEntry> with(List<RosterEntry> roster, String userId, Role role) {
        return roster.stream()
                .map(entry -> entry.userId().equals(userId) ? new RosterEntry(userId, role, entry.joinedAt()) : entry)
                .toList();
    }

    /** Another member takes the free place, if there are members that are not named. */
    Mono<List<RosterEntry>> without(Conversation conversation, String userId) {
        List<RosterEntry> rest = conversation.roster().stream()
                .filter(entry -> !entry.userId().equals(userId))
                .toList();
        int others = conversation.participantCount() - 1;
        if (rest.size() == conversation.roster().size() || rest.size() == others) {
            return Mono.just(rest);
        }
        Set<String> named = rest.stream().map(RosterEntry::userId).collect(Collectors.toSet());
        return longestFirst(conversation, userId).map(members -> Stream.concat(
                        rest.stream(),
                        members.stream()
                                .filter(member -> !named.contains(member.userId()))
                                .map(member -> new RosterEntry(member.userId(), member.role(), member.joinedAt())))
                .limit(settings.maxRoster())
                .toList());
    }

    /** The members but one, who has been in the conversation longest first. */
    Mono<List<Membership>> longestFirst(Conversation conversation, String butUserId) {
        return memberships
                .ofConversation(conversation.id())
                .filter(member -> !member.userId().equals(butUserId))
                .collectSortedList(LONGEST_FIRST);
    }
}
