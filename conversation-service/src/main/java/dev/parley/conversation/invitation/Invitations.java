package dev.parley.conversation.invitation;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationError;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.events.InvitationState;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Shows invitations that wait for an answer, and ends them. */
@Component
public final class Invitations {

    private static final Comparator<Invitation> NEWEST_FIRST =
            Comparator.comparing(Invitation::invitedAt).reversed().thenComparing(Invitation::userId);

    /** @param conversation that the user is invited to */
    public record Received(Invitation invitation, Conversation conversation) {}

    private final InvitationStore store;
    private final ConversationStore conversations;
    private final MembershipStore memberships;
    private final ConversationAccess access;
    private final InvitationPublisher publisher;

    Invitations(
            InvitationStore store,
            ConversationStore conversations,
            MembershipStore memberships,
            ConversationAccess access,
            InvitationPublisher publisher) {
        this.store = store;
        this.conversations = conversations;
        this.memberships = memberships;
        this.access = access;
        this.publisher = publisher;
    }

    /** What the caller is invited to, the newest first. */
    public Mono<List<Received>> received(Caller caller) {
        return store.openOf(caller.userId()).collectList().flatMap(open -> {
            List<String> ids = open.stream().map(Invitation::conversationId).toList();
            Mono<Map<String, Conversation>> there = conversations
                    .byIds(ids)
                    .filter(conversation -> conversation.deletedAt() == null)
                    .collectMap(Conversation::id);
            Mono<Map<String, Membership>> joined = memberships
                    .ofUserIn(caller.userId(), ids)
                    .filter(Membership::active)
                    .collectMap(Membership::conversationId);
            return Mono.zip(there, joined, (found, mine) -> open.stream()
                    .filter(one -> found.containsKey(one.conversationId()) && !mine.containsKey(one.conversationId()))
                    .sorted(NEWEST_FIRST)
                    .map(one -> new Received(one, Objects.requireNonNull(found.get(one.conversationId()))))
                    .toList());
        });
    }

    /** Who was invited to a conversation, for those who may add members; the newest first. */
    public Mono<List<Invitation>> sent(Caller caller, String conversationId) {
        return access.require(caller, conversationId, Action.ADD_MEMBERS)
                .thenMany(store.openTo(conversationId))
                .collectSortedList(NEWEST_FIRST);
    }

    /**
     * The caller's invitation to a conversation, also one that the caller declined before.
     *
     * @return fails with {@link ConversationError#NO_SUCH_INVITATION}
     */
    public Mono<Invitation> require(Caller caller, String conversationId) {
        return store.of(conversationId, caller.userId())
                .filter(invitation -> invitation.tenantId().equals(caller.tenantId()))
                .switchIfEmpty(Mono.error(Invitations::none));
    }

    /** Nobody can ask the caller again to come into the conversation; the caller can still accept. */
    public Mono<Void> decline(Caller caller, String conversationId) {
        return require(caller, conversationId)
                .flatMap(invitation -> store.decline(conversationId, caller.userId(), ConversationUpdates.now())
                        .filter(wasOpen -> wasOpen)
                        .flatMap(open -> publisher.publish(List.of(invitation), InvitationState.DECLINED)))
                .then();
    }

    /** Takes an invitation back: who sent it may, and who may remove members. */
    public Mono<Void> withdraw(Caller caller, String conversationId, String userId) {
        return access.member(caller, conversationId)
                .flatMap(member -> store.of(conversationId, userId)
                        .filter(Invitation::isOpen)
                        .switchIfEmpty(Mono.error(() -> ApiException.of(
                                ConversationError.NO_SUCH_INVITATION, "The user is not invited to this conversation")))
                        .doOnNext(invitation -> {
                            if (!invitation.invitedBy().equals(caller.userId())) {
                                member.require(Action.REMOVE_MEMBERS);
                            }
                        }))
                .flatMap(this::end);
    }

    /** The one who was asked is a member now. */
    public Mono<Void> accepted(Invitation invitation) {
        return remove(invitation, InvitationState.ACCEPTED);
    }

    /** The one who was asked is asked no more. */
    public Mono<Void> end(Invitation invitation) {
        return remove(invitation, InvitationState.WITHDRAWN);
    }

    private Mono<Void> remove(Invitation invitation, InvitationState state) {
        return store.remove(List.of(invitation)).then(publisher.publish(List.of(invitation), state));
    }

    public static ApiException none() {
        return ApiException.of(ConversationError.NO_SUCH_INVITATION, "You are not invited to this conversation");
    }
}
