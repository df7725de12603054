package dev.parley.conversation.change;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.Memberships;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.UserSummary;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import dev.parley.platform.security.Caller;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Who is an admin of a group. A group that has members has an admin. */
@Component
public final class Roles {

    private final ChangeRunner runner;
    private final Memberships memberships;
    private final UserDirectory users;

    Roles(ChangeRunner runner, Memberships memberships, UserDirectory users) {
        this.runner = runner;
        this.memberships = memberships;
        this.users = users;
    }

    /**
     * Gives a member another role, for admins.
     *
     * @return fails with {@link ConversationError#NO_SUCH_PARTICIPANT}, and with {@link ConversationError#LAST_ADMIN} where
     *     the only admin would not be one any more
     */
    public Mono<Conversation> give(Caller caller, String conversationId, String userId, Role role) {
        return runner.inTurn(caller, conversationId, member -> {
            ConversationAccess.requireGroup(member);
            ConversationAccess.requireAdmin(member);
            return participant(conversationId, userId)
                    .flatMap(target -> changeable(target, role))
                    .flatMap(target -> described(target, role))
                    .flatMap(target ->
                            runner.carryOut(caller, member.conversation(), plan(member.conversation(), target)))
                    .defaultIfEmpty(member.conversation());
        });
    }

    /** @return fails with {@link ConversationError#NO_SUCH_PARTICIPANT} if the user is not a member now */
    Mono<Membership> participant(String conversationId, String userId) {
        return memberships
                .of(conversationId, userId)
                .filter(Membership::active)
                .switchIfEmpty(Mono.error(() -> ApiException.of(
                        ConversationError.NO_SUCH_PARTICIPANT, "No participant " + userId + " in this group")));
    }

    /** The same member; empty if the role is as wanted. */
    private Mono<Membership> changeable(Membership target, Role role) {
        if (target.role() == role) {
            return Mono.empty();
        }
        return isOnlyAdmin(target)
                .flatMap(only -> only
                        ? Mono.error(ApiException.of(ConversationError.LAST_ADMIN, "Make somebody else an admin first"))
                        : Mono.just(target));
    }

    Mono<Boolean> isOnlyAdmin(Membership member) {
        return member.role() != Role.ADMIN
                ? Mono.just(false)
                : memberships
                        .ofConversation(member.conversationId())
                        .any(other ->
                                other.role() == Role.ADMIN && !other.userId().equals(member.userId()))
                        .map(another -> !another);
    }

    /** A member as notices show one. */
    Mono<Participant> described(Membership member, Role role) {
        return users.find(List.of(member.userId()), member.tenantId())
                .map(found -> found.getOrDefault(member.userId(), UserDirectory.unknown(member.userId())))
                .map((UserSummary user) -> new Participant(user, role, member.joinedAt()));
    }

    private static Plan plan(Conversation conversation, Participant target) {
        return new Plan(
                List.of(NoticeWords.roleChanged(target)),
                false,
                Roster.with(conversation.roster(), target.user().id(), target.role()),
                conversation.participantCount());
    }
}
