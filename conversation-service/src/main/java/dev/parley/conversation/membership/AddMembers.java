package dev.parley.conversation.membership;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.TenantUsers;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.membership.saga.ChangeCoordinator;
import dev.parley.conversation.membership.saga.MembershipChangeSettings;
import dev.parley.conversation.membership.saga.ProposedChange;
import dev.parley.conversation.membership.saga.SystemMessages;
import dev.parley.events.Block;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds users to a group. */
@Component
public final class AddMembers {

    private final ChangeCoordinator coordinator;
    private final MembershipStore memberships;
    private final TenantUsers users;
    private final RosterUpdates roster;
    private final ConversationSettings limits;
    private final MembershipChangeSettings settings;

    AddMembers(
            ChangeCoordinator coordinator,
            MembershipStore memberships,
            TenantUsers users,
            RosterUpdates roster,
            ConversationSettings limits,
            MembershipChangeSettings settings) {
        this.coordinator = coordinator;
        this.memberships = memberships;
        this.users = users;
        this.roster = roster;
        this.limits = limits;
        this.settings = settings;
    }

    /**
     * Makes users members. Those who are members stay as they are.
     *
     * @return fails with {@link ConversationError#NOT_A_GROUP}, with {@link ConversationError#NOT_AN_ADMIN} where only
     *     admins may add members or the new ones are to be admins, with
     *     {@link ConversationError#TOO_MANY_PARTICIPANTS}, and if somebody is not a user of the tenant, naming each
     */
    public Mono<Conversation> add(Caller caller, String conversationId, List<String> userIds, Role role) {
        Action action = role == Role.ADMIN ? Action.ADD_ADMINS : Action.ADD_MEMBERS;
        return coordinator.change(caller, conversationId, action, member -> {
            return memberships
                    .of(conversationId, userIds)
                    .filter(Membership::active)
                    .map(Membership::userId)
                    .collect(Collectors.toSet())
                    .flatMap(present -> participants(caller, userIds, present, role))
                    .flatMap(added -> coordinator.carryOut(caller, member.conversation(), plan(caller, member, added)));
        });
    }

    private Mono<List<Participant>> participants(Caller caller, List<String> userIds, Set<String> present, Role role) {
        List<String> absent = new ArrayList<>(userIds);
        absent.removeAll(present);
        Instant now = ConversationUpdates.now();
        return users.find(absent, caller).map(profiles -> absent.stream()
                .map(id -> new Participant(Objects.requireNonNull(profiles.get(id)), role, now))
                .toList());
    }

    private ProposedChange plan(Caller caller, Member member, List<Participant> added) {
        Conversation conversation = member.conversation();
        int count = conversation.participantCount() + added.size();
        if (count > limits.maxParticipants()) {
            throw ApiException.of(
                    ConversationError.TOO_MANY_PARTICIPANTS,
                    "A group has at most " + limits.maxParticipants() + " members");
        }
        List<Block.Notice> notices = new ArrayList<>();
        for (int from = 0; from < added.size(); from += settings.maxNamed()) {
            List<Participant> some = added.subList(from, Math.min(added.size(), from + settings.maxNamed()));
            notices.add(SystemMessages.added(caller.summary(), List.copyOf(some)));
        }
        return new ProposedChange(notices, false, roster.with(conversation, added), count);
    }
}
