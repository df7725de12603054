package dev.parley.conversation.access;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.events.ConversationKind;
import dev.parley.events.Participant.Role;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The one place that says what somebody may do in a conversation. One of another tenant, or one that was deleted for
 * everybody, is not found ({@link ConversationError#NOT_FOUND}), whatever is asked.
 */
@Component
public final class ConversationAccess {

    private final ConversationStore store;
    private final MembershipStore memberships;
    private final PendingChanges pendingChanges;

    ConversationAccess(ConversationStore store, MembershipStore memberships, PendingChanges pendingChanges) {
        this.store = store;
        this.memberships = memberships;
        this.pendingChanges = pendingChanges;
    }

    /** A conversation of the caller's tenant, whoever the caller is in it. */
    public Mono<Conversation> find(Caller caller, String conversationId) {
        return store.byId(caller.tenantId(), conversationId)
                .filter(conversation -> conversation.deletedAt() == null)
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(ConversationError.NOT_FOUND, "No conversation " + conversationId)));
    }

    /**
     * The caller as one who may see a conversation: a member, or a former one who did not delete it.
     *
     * @return fails with {@link ConversationError#NOT_A_MEMBER} for everybody else
     */
    public Mono<Member> viewer(Caller caller, String conversationId) {
        return find(caller, conversationId).flatMap(conversation -> viewer(conversation, caller.userId()));
    }

    /**
     * Like {@link #viewer(Caller, String)}; the membership is read after the conversation was, and after the change that it
     * is in was ended, if that concerns the user.
     */
    public Mono<Member> viewer(Conversation conversation, String userId) {
        return pendingChanges
                .complete(conversation, userId)
                .flatMap(settled -> memberships
                        .of(settled.id(), userId)
                        .filter(Membership::maySee)
                        .map(membership -> new Member(settled, membership)))
                .switchIfEmpty(Mono.error(
                        () -> ApiException.of(ConversationError.NOT_A_MEMBER, "You are not in this conversation")));
    }

    /**
     * The caller as one who takes part in a conversation.
     *
     * @return fails with {@link ConversationError#NOT_A_MEMBER} for everybody else, former members too
     */
    public Mono<Member> member(Caller caller, String conversationId) {
        return find(caller, conversationId).flatMap(conversation -> member(conversation, caller.userId()));
    }

    /** Like {@link #member(Caller, String)}; the membership is read after the conversation was. */
    public Mono<Member> member(Conversation conversation, String userId) {
        return viewer(conversation, userId)
                .filter(member -> member.membership().active())
                .switchIfEmpty(Mono.error(() ->
                        ApiException.of(ConversationError.NOT_A_MEMBER, "You are not in this conversation any more")));
    }

    /**
     * The caller as an admin of a group.
     *
     * @return fails with {@link ConversationError#NOT_A_MEMBER}, {@link ConversationError#NOT_A_GROUP} or
     *     {@link ConversationError#NOT_AN_ADMIN}
     */
    public Mono<Member> admin(Caller caller, String conversationId) {
        return member(caller, conversationId).doOnNext(member -> {
            requireGroup(member);
            requireAdmin(member);
        });
    }

    /** @throws ApiException {@link ConversationError#NOT_A_GROUP} */
    public static void requireGroup(Member member) {
        if (member.conversation().kind() != ConversationKind.GROUP) {
            throw ApiException.of(ConversationError.NOT_A_GROUP, "This conversation is not a group");
        }
    }

    /** @throws ApiException {@link ConversationError#NOT_AN_ADMIN} */
    public static void requireAdmin(Member member) {
        if (member.membership().role() != Role.ADMIN) {
            throw ApiException.of(ConversationError.NOT_AN_ADMIN, "You are not an admin of this group");
        }
    }
}
