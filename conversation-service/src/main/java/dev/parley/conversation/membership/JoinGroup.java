package dev.parley.conversation.membership;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.membership.saga.ChangeCoordinator;
import dev.parley.conversation.membership.saga.MembershipChangeSettings;
import dev.parley.conversation.membership.saga.ProposedChange;
import dev.parley.conversation.membership.saga.SystemMessages;
import dev.parley.events.Block;
import dev.parley.events.Participant;
import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes users members of a group. */
@Component
final class JoinGroup {

    private final ChangeCoordinator coordinator;
    private final MembershipStore memberships;
    private final RosterUpdates roster;
    private final ConversationSettings limits;
    private final MembershipChangeSettings settings;

    JoinGroup(
            ChangeCoordinator coordinator,
            MembershipStore memberships,
            RosterUpdates roster,
            ConversationSettings limits,
            MembershipChangeSettings settings) {
        this.coordinator = coordinator;
        this.memberships = memberships;
        this.roster = roster;
        this.limits = limits;
        this.settings = settings;
    }

    /** Those of the users who are no members, each once. */
    Mono<List<String>> absent(String conversationId, List<String> userIds) {
        return memberships
                .of(conversationId, userIds)
                .filter(Membership::active)
                .map(Membership::userId)
                .collect(Collectors.toSet())
                .map(present -> userIds.stream()
                        .filter(id -> !present.contains(id))
                        .distinct()
                        .toList());
    }

    /**
     * Makes users members who are none.
     *
     * @param adder whom the system message names as the one who added them
     * @return fails with {@link ConversationError#TOO_MANY_PARTICIPANTS}
     */
    Mono<Conversation> join(Conversation conversation, UserSummary adder, List<Participant> added) {
        int count = conversation.participantCount() + added.size();
        if (count > limits.maxParticipants()) {
            return Mono.error(ApiException.of(
                    ConversationError.TOO_MANY_PARTICIPANTS,
                    "A group has at most " + limits.maxParticipants() + " members"));
        }
        List<Block.Notice> notices = new ArrayList<>();
        for (int from = 0; from < added.size(); from += settings.maxNamed()) {
            List<Participant> some = added.subList(from, Math.min(added.size(), from + settings.maxNamed()));
            notices.add(SystemMessages.added(adder, List.copyOf(some)));
        }
        return roster.with(conversation, added)
                .flatMap(named ->
                        coordinator.carryOut(adder, conversation, new ProposedChange(notices, false, named, count)));
    }
}
