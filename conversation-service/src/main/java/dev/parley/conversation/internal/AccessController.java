package dev.parley.conversation.internal;

import dev.parley.conversation.AnswerTimers;
import dev.parley.conversation.AnswerTimers.Question;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Window;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.access.PendingChanges;
import dev.parley.events.ConversationKind;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What other services ask about a user's access, in the user's own name. The gateway does not lead here. */
@RestController
@RequestMapping("/internal")
class AccessController {

    /**
     * @param windows the ranges of messages that the user may see, oldest first; the last has no end while active
     * @param active whether the user is a member now
     * @param maySend whether {@code actions} has {@link Action#SEND}
     * @param admin whether {@code actions} has {@link Action#DELETE_OTHERS_MESSAGES}
     * @param actions all that the user may do
     * @param creation the event that must be published before any event about a message of the conversation; null if it is
     *     published
     */
    record AccessView(
            String conversationId,
            String userId,
            ConversationKind kind,
            List<Window> windows,
            boolean active,
            boolean maySend,
            boolean admin,
            List<Action> actions,
            long editWindowSeconds,
            long deleteWindowSeconds,
            @Nullable PendingEvent creation) {}

    record Readable(String conversationId, List<Window> windows, boolean active) {}

    record ReadableConversations(List<Readable> conversations) {}

    /**
     * @param fromSeq where the newest range of messages begins that the user may see
     * @param hidden whether the user has taken it out of the list, until the next message
     */
    record Joined(String conversationId, long fromSeq, boolean hidden) {}

    record JoinedConversations(List<Joined> conversations) {}

    private final ConversationAccess access;
    private final MembershipStore memberships;
    private final PendingChanges pendingChanges;
    private final AnswerTimers timers;

    AccessController(
            ConversationAccess access,
            MembershipStore memberships,
            PendingChanges pendingChanges,
            AnswerTimers timers) {
        this.access = access;
        this.memberships = memberships;
        this.pendingChanges = pendingChanges;
        this.timers = timers;
    }

    @GetMapping("/conversations/{conversationId}/access")
    Mono<AccessView> access(@PathVariable String conversationId, Caller caller) {
        return timers.time(
                Question.ACCESS, access.member(caller, conversationId).map(AccessController::view));
    }

    private static AccessView view(Member member) {
        Conversation conversation = member.conversation();
        Conversation.Settings rules = conversation.settings();
        Membership membership = member.membership();
        return new AccessView(
                conversation.id(),
                membership.userId(),
                conversation.kind(),
                member.may(Action.READ) ? membership.visible() : List.of(),
                membership.active(),
                member.may(Action.SEND),
                member.may(Action.DELETE_OTHERS_MESSAGES),
                Stream.of(Action.values()).filter(member::may).toList(),
                rules.editWindowSeconds(),
                rules.deleteWindowSeconds(),
                conversation.unpublishedCreation());
    }

    /** All that the user may read, the conversations that the user is in first. */
    @GetMapping("/access")
    Mono<ReadableConversations> readable(Caller caller) {
        return pendingChanges
                .completeAll(caller)
                .thenMany(Flux.defer(() -> memberships.everOfUser(caller.userId())))
                .filter(Membership::mayRead)
                .map(membership -> new Readable(membership.conversationId(), membership.visible(), membership.active()))
                .collectList()
                .map(ReadableConversations::new);
    }

    /** The conversations that the user is in. */
    @GetMapping("/memberships")
    Mono<JoinedConversations> memberships(Caller caller) {
        return pendingChanges
                .completeAll(caller)
                .thenMany(Flux.defer(() -> memberships.ofUser(caller.userId())))
                .filter(Membership::isReader)
                .map(membership -> new Joined(
                        membership.conversationId(),
                        membership.fromSeq(),
                        membership.personal().hidden()))
                .collectList()
                .map(JoinedConversations::new);
    }
}
