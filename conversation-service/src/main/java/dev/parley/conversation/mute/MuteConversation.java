package dev.parley.conversation.mute;

import dev.parley.conversation.Membership;
import dev.parley.conversation.Membership.Personal;
import dev.parley.conversation.MembershipUpdates;
import dev.parley.conversation.access.Action;
import dev.parley.conversation.access.ConversationAccess;
import dev.parley.conversation.access.Member;
import dev.parley.events.ConversationUpdated;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.security.Caller;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whether a user is notified of a conversation. */
@Component
public final class MuteConversation {

    private final ConversationAccess access;
    private final MembershipUpdates updates;
    private final EventCodec events;

    MuteConversation(ConversationAccess access, MembershipUpdates updates, EventCodec events) {
        this.access = access;
        this.updates = updates;
        this.events = events;
    }

    /** @param until null for {@link Personal#FOREVER} */
    public Mono<Void> mute(Caller caller, String conversationId, @Nullable Instant until) {
        return set(caller, conversationId, until == null ? Personal.FOREVER : until);
    }

    public Mono<Void> unmute(Caller caller, String conversationId) {
        return set(caller, conversationId, null);
    }

    private Mono<Void> set(Caller caller, String conversationId, @Nullable Instant until) {
        Update update = until == null
                ? new Update().unset("personal.mutedUntil")
                : new Update().set("personal.mutedUntil", until);
        return access.require(caller, conversationId, Action.SET_PERSONAL_STATE)
                .map(Member::membership)
                .filter(member -> !Objects.equals(member.personal().mutedUntil(), until))
                .flatMap(member -> updates.apply(MembershipUpdates.guard(member), update, updated(member, until)))
                .then();
    }

    private PendingEvent updated(Membership member, @Nullable Instant until) {
        return events.pending(
                ConversationUpdated.muted(member.conversationId(), member.tenantId(), member.userId(), until));
    }
}
