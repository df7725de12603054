package dev.parley.conversation.membership;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.Conversation.RosterEntry;
import dev.parley.conversation.Membership;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.membership.saga.ChangeCoordinator;
import dev.parley.conversation.membership.saga.GroupDeletion;
import dev.parley.conversation.membership.saga.ProposedChange;
import dev.parley.conversation.membership.saga.SystemMessages;
import dev.parley.events.Block;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets members leave a group. */
@Component
public final class LeaveGroup {

    private final ChangeCoordinator coordinator;
    private final GroupMembers members;
    private final RosterUpdates roster;
    private final GroupDeletion deletion;

    LeaveGroup(ChangeCoordinator coordinator, GroupMembers members, RosterUpdates roster, GroupDeletion deletion) {
        this.coordinator = coordinator;
        this.members = members;
        this.roster = roster;
        this.deletion = deletion;
    }

    /**
     * Lets the caller leave. When the last admin leaves, who has been in the group longest becomes one with the same
     * change, but nobody who waits for approval; when the last member leaves, the group is deleted.
     *
     * @param hides whether the caller deletes the conversation for oneself, too
     */
    public Mono<Conversation> leave(Caller caller, String conversationId, boolean hides) {
        return coordinator.change(caller, conversationId, Action.LEAVE, member -> {
            Conversation conversation = member.conversation();
            if (conversation.participantCount() <= 1) {
                return deletion.delete(conversation, caller.userId());
            }
            return successor(member)
                    .map(List::of)
                    .defaultIfEmpty(List.of())
                    .zipWith(roster.without(conversation, caller.userId()))
                    .flatMap(both -> coordinator.carryOut(
                            caller.summary(), conversation, plan(caller, member, both.getT1(), both.getT2(), hides)));
        });
    }

    private Mono<Participant> successor(Member leaver) {
        return members.isOnlyAdmin(leaver.membership())
                .filter(only -> only)
                .flatMap(only -> members.longestFirst(leaver.conversation().id()))
                .flatMapIterable(all -> all)
                .filter(member -> !member.userId().equals(leaver.membership().userId()))
                .next()
                .flatMap(longest -> members.profile(longest, Role.ADMIN));
    }

    private ProposedChange plan(
            Caller caller, Member leaver, List<Participant> successors, List<RosterEntry> rest, boolean hides) {
        Membership membership = leaver.membership();
        Participant left = new Participant(caller.summary(), membership.role(), membership.joinedAt());
        List<Block.Notice> notices = Stream.concat(
                        Stream.of(SystemMessages.left(left)),
                        successors.stream().map(SystemMessages::roleChanged))
                .toList();
        List<RosterEntry> named = rest;
        for (Participant successor : successors) {
            named = roster.with(named, successor);
        }
        return new ProposedChange(notices, hides, named, leaver.conversation().participantCount() - 1);
    }
}
