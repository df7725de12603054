package dev.parley.conversation.creation;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.MembershipStore;
import dev.parley.conversation.TenantUsers;
import dev.parley.conversation.hide.UnhideConversation;
import dev.parley.conversation.limit.UserLimits;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationKind;
import dev.parley.events.Participant;
import dev.parley.events.Participant.Role;
import dev.parley.events.UserSummary;
import dev.parley.platform.id.Ids;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Opens direct conversations. */
@Component
public final class OpenDirect {

    private final NewConversations conversations;
    private final MembershipStore memberships;
    private final UnhideConversation unhideConversation;
    private final TenantUsers users;
    private final UserLimits limits;

    OpenDirect(
            NewConversations conversations,
            MembershipStore memberships,
            UnhideConversation unhideConversation,
            TenantUsers users,
            UserLimits limits) {
        this.conversations = conversations;
        this.memberships = memberships;
        this.unhideConversation = unhideConversation;
        this.users = users;
        this.limits = limits;
    }

    /**
     * The one direct conversation of the caller with another user, created if there is none; with the caller's own id,
     * the caller's notes to self. However many ask at once, there is one.
     *
     * @return fails if the other is not a user of the caller's tenant, and as {@link UserLimits#countDirect}
     */
    public Mono<Creation> open(Caller caller, String userId) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(caller.userId());
        ids.add(userId);
        UniqueKey uniqueKey = new UniqueKey(Conversation.directKey(ids), null);
        return users.find(ids, caller).flatMap(found -> conversations
                .earlier(uniqueKey)
                .switchIfEmpty(Mono.defer(() -> {
                    if (ids.size() > 1) {
                        limits.countDirect(caller);
                    }
                    return conversations.create(created(caller, ids, found), uniqueKey);
                }))
                .flatMap(result -> returned(result, caller.userId())));
    }

    private static ConversationCreated created(Caller caller, Set<String> ids, Map<String, UserSummary> profiles) {
        Instant now = ConversationUpdates.now();
        List<Participant> participants = ids.stream()
                .map(id -> new Participant(Objects.requireNonNull(profiles.get(id)), Role.MEMBER, now))
                .toList();
        return new ConversationCreated(
                Ids.next(),
                caller.tenantId(),
                ids.size() > 1 ? ConversationKind.DIRECT : ConversationKind.SELF,
                null,
                null,
                caller.userId(),
                participants,
                now);
    }

    /** What the caller had deleted for the caller alone is in the caller's list again. */
    private Mono<Creation> returned(Creation found, String userId) {
        Conversation conversation = found.conversation();
        if (found.created()) {
            return Mono.just(found);
        }
        return memberships
                .of(conversation.id(), userId)
                .flatMap(unhideConversation::unhide)
                .thenReturn(found);
    }
}
