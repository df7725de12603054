package dev.parley.conversation.membership;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.identity.UserDirectory;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The members that a group has now, for those who change them. A group that has members has an admin. */
@Component
public final class GroupMembers {

    private static final Comparator<Membership> LONGEST_FIRST =
            Comparator.comparing(Membership::joinedAt).thenComparing(Membership::userId);

    private final MembershipStore memberships;
    private final UserDirectory users;

    GroupMembers(MembershipStore memberships, UserDirectory users) {
        this.memberships = memberships;
        this.users = users;
    }

    /** @return fails with {@link ConversationError#NO_SUCH_PARTICIPANT} if the user is not a member now */
    public Mono<Membership> require(String conversationId, String userId) {
        return memberships
                .of(conversationId, userId)
                .filter(Membership::active)
                .switchIfEmpty(Mono.error(() -> ApiException.of(
                        ConversationError.NO_SUCH_PARTICIPANT, "No participant " + userId + " in this group")));
    }

    /** Whether a member is the only admin. */
    public Mono<Boolean> isOnlyAdmin(Membership member) {
        return member.role() != Role.ADMIN
                ? Mono.just(false)
                : memberships
                        .ofConversation(member.conversationId())
                        .any(other ->
                                other.role() == Role.ADMIN && !other.userId().equals(member.userId()))
                        .map(another -> !another);
    }

    /** A member with the present profile, as system messages name one. @param role the role that is named */
    public Mono<Participant> profile(Membership member, Role role) {
        return users.profile(member.userId(), member.tenantId())
                .map(user -> new Participant(user, role, member.joinedAt()));
    }

    /** All members. Whoever has been in the conversation longest comes first. */
    Mono<List<Membership>> longestFirst(String conversationId) {
        return memberships.ofConversation(conversationId).collectSortedList(LONGEST_FIRST);
    }
}
