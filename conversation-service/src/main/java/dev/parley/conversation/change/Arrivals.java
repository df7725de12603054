package dev.parley.conversation.change;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationSettings;
import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.conversation.ConversationChanges;
import dev.parley.conversation.conversation.Conversations;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
import dev.parley.events.Block;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.Violation;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Users who become members of a group. */
@Component
public final class Arrivals {

    private final ChangeRunner runner;
    private final Memberships memberships;
    private final UserDirectory users;
    private final Roster roster;
    private final ConversationSettings limits;
    private final ChangeSettings settings;

    Arrivals(
            ChangeRunner runner,
            Memberships memberships,
            UserDirectory users,
            Roster roster,
            ConversationSettings limits,
            ChangeSettings settings) {
        this.runner = runner;
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
        return runner.inTurn(caller, conversationId, member -> {
            ConversationAccess.requireGroup(member);
            if (role == Role.ADMIN || member.conversation().settings().onlyAdminsCanAddMembers()) {
                ConversationAccess.requireAdmin(member);
            }
            return memberships
                    .of(conversationId, userIds)
                    .filter(Membership::active)
                    .map(Membership::userId)
                    .collect(Collectors.toSet())
                    .flatMap(present -> participants(caller, userIds, present, role))
                    .flatMap(added -> runner.carryOut(caller, member.conversation(), plan(caller, member, added)));
        });
    }

    private Mono<List<Participant>> participants(Caller caller, List<String> userIds, Set<String> present, Role role) {
        List<String> absent = new ArrayList<>(userIds);
        absent.removeAll(present);
        return users.find(absent, caller).map(found -> {
            List<Violation> unknown = absent.stream()
                    .filter(id -> !found.containsKey(id))
                    .map(Conversations::unknownUser)
                    .toList();
            if (!unknown.isEmpty()) {
                throw ApiException.violated(unknown);
            }
            return participants(absent, found, role);
        });
    }

    private static List<Participant> participants(List<String> ids, Map<String, UserSummary> found, Role role) {
        Instant now = ConversationChanges.now();
        return ids.stream()
                .map(id -> new Participant(Objects.requireNonNull(found.get(id)), role, now))
                .toList();
    }

    private Plan plan(Caller caller, Member member, List<Participant> added) {
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
            notices.add(NoticeWords.added(caller.summary(), List.copyOf(some)));
        }
        return new Plan(notices, false, roster.with(conversation, added), count);
    }
}
