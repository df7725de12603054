package dev.parley.conversation.invitation;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.events.InvitationState;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.Subject;
import dev.parley.platform.error.Violation;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Asks people whether they want to be members of a group. */
@Component
final class AskPeople {

    private final InvitationStore store;
    private final InvitationSettings settings;
    private final InvitationPublisher publisher;

    AskPeople(InvitationStore store, InvitationSettings settings, InvitationPublisher publisher) {
        this.store = store;
        this.settings = settings;
        this.publisher = publisher;
    }

    /**
     * Asks these people. Those who are asked already stay so.
     *
     * @return fails with {@link ConversationError#INVITATION_DECLINED} if one of them declined, and with
     *     {@link ConversationError#TOO_MANY_INVITATIONS} if too many of somebody's invitations are open; names each, and then
     *     nobody is asked
     */
    Mono<Void> ask(Caller caller, String conversationId, List<String> userIds, Role role) {
        if (userIds.isEmpty()) {
            return Mono.empty();
        }
        Instant now = ConversationUpdates.now();
        return store.of(conversationId, userIds)
                .collect(Collectors.toMap(Invitation::userId, Invitation::isOpen))
                .flatMap(isOpen -> {
                    refuse(
                            userIds,
                            userId -> !isOpen.getOrDefault(userId, true),
                            ConversationError.INVITATION_DECLINED,
                            "declined",
                            "declined before");
                    List<Invitation> invitations = userIds.stream()
                            .filter(userId -> !isOpen.containsKey(userId))
                            .map(userId -> new Invitation(
                                    Invitation.id(conversationId, userId),
                                    caller.tenantId(),
                                    conversationId,
                                    userId,
                                    caller.userId(),
                                    role,
                                    now,
                                    null))
                            .toList();
                    return invitations.isEmpty() ? Mono.empty() : store(caller, invitations);
                });
    }

    /** Counted after they are stored: of several requests at the same moment none goes past the limit. */
    private Mono<Void> store(Caller caller, List<Invitation> invitations) {
        List<String> userIds = invitations.stream().map(Invitation::userId).toList();
        return store.insertAbsent(invitations)
                .then(store.countOpen(userIds))
                .doOnNext(open -> refuse(
                        userIds,
                        userId -> isTooMany(open.getOrDefault(userId, Map.of()), caller.userId()),
                        ConversationError.TOO_MANY_INVITATIONS,
                        "too-many-invitations",
                        "has too many invitations that wait for an answer"))
                .onErrorResume(
                        ApiException.class, refusal -> store.remove(invitations).then(Mono.error(refusal)))
                .then(publisher.publish(invitations, InvitationState.OPEN));
    }

    private boolean isTooMany(Map<String, Long> openByInviter, String inviter) {
        long all = openByInviter.values().stream().mapToLong(Long::longValue).sum();
        return all > settings.maxOpen() || openByInviter.getOrDefault(inviter, 0L) > settings.maxOpenFromOne();
    }

    /** Fails if there are such users, and names each. @param rule that they break */
    private static void refuse(
            List<String> userIds, Predicate<String> isRefused, ConversationError error, String rule, String message) {
        List<Violation> refused = userIds.stream()
                .filter(isRefused)
                .map(userId -> new Violation(Subject.of("user", userId), rule, message))
                .toList();
        if (!refused.isEmpty()) {
            throw ApiException.of(error, error.definition().title(), refused);
        }
    }
}
