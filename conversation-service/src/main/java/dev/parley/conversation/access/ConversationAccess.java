package dev.parley.conversation.access;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.RecentChanges;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds a conversation with a user's membership, and lets nobody do what {@link Member#may} forbids. A conversation of
 * another tenant, or one that was deleted for everybody, is not found ({@link ConversationError#NOT_FOUND}).
 */
@Component
public final class ConversationAccess {

    private final ConversationStore store;
    private final MembershipStore memberships;
    private final PendingChanges pendingChanges;
    private final RecentChanges recentChanges;

    ConversationAccess(
            ConversationStore store,
            MembershipStore memberships,
            PendingChanges pendingChanges,
            RecentChanges recentChanges) {
        this.recentChanges = recentChanges;
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
     * The caller as somebody who wants to do something.
     *
     * @return fails with {@link ConversationError#NOT_A_MEMBER}, {@link ConversationError#NOT_PERMITTED},
     *     {@link ConversationError#NOT_A_GROUP} or {@link ConversationError#NOT_AN_ADMIN} if the caller may not
     */
    public Mono<Member> require(Caller caller, String conversationId, Action action) {
        return member(caller, conversationId).map(member -> member.require(action));
    }

    /** Like {@link #require(Caller, String, Action)}, with all messages that the caller was told of. */
    public Mono<Member> requireUpToDate(Caller caller, String conversationId, Action action) {
        return recentChanges.upToDate(
                caller.userId(),
                require(caller, conversationId, action),
                member -> member.membership().active()
                        ? Map.of(conversationId, member.conversation().lastSeq())
                        : Map.of());
    }

    /** Like {@link #require(Caller, String, Action)}; the membership is read after the conversation was. */
    public Mono<Member> require(Conversation conversation, String userId, Action action) {
        return member(conversation, userId).map(member -> member.require(action));
    }

    /**
     * The caller's part in a conversation, whatever it permits.
     *
     * @return fails with {@link ConversationError#NOT_A_MEMBER} for those who never were approved members, and for former
     *     ones who deleted the conversation
     */
    public Mono<Member> member(Caller caller, String conversationId) {
        return find(caller, conversationId).flatMap(conversation -> member(conversation, caller.userId()));
    }

    /** The membership is read after the change that the conversation is in was completed, if that concerns the user. */
    private Mono<Member> member(Conversation conversation, String userId) {
        return pendingChanges
                .complete(conversation, userId)
                .flatMap(current -> memberships
                        .of(current.id(), userId)
                        .filter(Membership::isThere)
                        .map(membership -> new Member(current, membership)))
                .switchIfEmpty(Mono.error(Refusal.NOT_A_MEMBER::failure));
    }
}
