package dev.parley.conversation.change;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.Conversation.RosterEntry;
import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.membership.Membership;
import dev.parley.events.Block;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Members who leave a group, or are removed from it. */
@Component
public final class Departures {

    private final ChangeRunner runner;
    private final Roles roles;
    private final Roster roster;
    private final Deletion deletion;

    Departures(ChangeRunner runner, Roles roles, Roster roster, Deletion deletion) {
        this.runner = runner;
        this.roles = roles;
        this.roster = roster;
        this.deletion = deletion;
    }

    /**
     * Removes a member, for admins; whoever removes oneself leaves.
     *
     * @return fails with {@link ConversationError#NO_SUCH_PARTICIPANT}
     */
    public Mono<Conversation> remove(Caller caller, String conversationId, String userId) {
        if (userId.equals(caller.userId())) {
            return leave(caller, conversationId, false);
        }
        return runner.inTurn(caller, conversationId, member -> {
            ConversationAccess.requireGroup(member);
            ConversationAccess.requireAdmin(member);
            return roles.participant(conversationId, userId)
                    .flatMap(target -> roles.described(target, target.role()))
                    .zipWith(roster.without(member.conversation(), userId))
                    .flatMap(both -> runner.carryOut(
                            caller,
                            member.conversation(),
                            new Plan(
                                    List.of(NoticeWords.removed(caller.summary(), both.getT1())),
                                    false,
                                    both.getT2(),
                                    member.conversation().participantCount() - 1)));
        });
    }

    /**
     * Lets the caller leave. When the last admin leaves, who has been in the group longest becomes one with the same
     * change; when the last member leaves, the group is deleted.
     *
     * @param hides whether the caller deletes the conversation for oneself, too
     */
    public Mono<Conversation> leave(Caller caller, String conversationId, boolean hides) {
        return runner.inTurn(caller, conversationId, member -> {
            ConversationAccess.requireGroup(member);
            Conversation conversation = member.conversation();
            if (conversation.participantCount() <= 1) {
                return deletion.delete(conversation, caller.userId());
            }
            return successor(member)
                    .map(List::of)
                    .defaultIfEmpty(List.of())
                    .zipWith(roster.without(conversation, caller.userId()))
                    .flatMap(both -> runner.carryOut(
                            caller, conversation, plan(caller, member, both.getT1(), both.getT2(), hides)));
        });
    }

    private Mono<Participant> successor(Member leaver) {
        return roles.isOnlyAdmin(leaver.membership())
                .filter(only -> only)
                .flatMap(only -> roster.longestFirst(
                        leaver.conversation(), leaver.membership().userId()))
                .flatMap(members -> roles.described(members.get(0), Role.ADMIN));
    }

    private static Plan plan(
            Caller caller, Member leaver, List<Participant> successors, List<RosterEntry> rest, boolean hides) {
        Membership membership = leaver.membership();
        Participant left = new Participant(caller.summary(), membership.role(), membership.joinedAt());
        List<Block.Notice> notices = Stream.concat(
                        Stream.of(NoticeWords.left(left)), successors.stream().map(NoticeWords::roleChanged))
                .toList();
        List<RosterEntry> named = rest;
        for (Participant successor : successors) {
            named = Roster.with(named, successor.user().id(), Role.ADMIN);
        }
        return new Plan(notices, hides, named, leaver.conversation().participantCount() - 1);
    }
}
