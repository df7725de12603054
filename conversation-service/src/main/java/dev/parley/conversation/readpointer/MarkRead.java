package dev.parley.conversation.readpointer;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.Membership;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.messageservice.UnreadRange;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Marks conversations as read. */
@Component
public final class MarkRead {

    private final AdvanceReadPointer pointers;

    MarkRead(AdvanceReadPointer pointers) {
        this.pointers = pointers;
    }

    /**
     * Moves the caller's pointer forward to a message. An earlier one changes nothing.
     *
     * @param messageId null for the newest that the caller sees
     * @return fails with {@link ConversationError#MESSAGE_NOT_FOUND} if the caller sees no such message there
     */
    public Mono<Void> upTo(Caller caller, String conversationId, @Nullable String messageId) {
        return pointers.attempt(caller, conversationId, member -> move(member, messageId))
                .then();
    }

    /** @return empty if the pointer was moved meanwhile */
    private Mono<Membership> move(Member member, @Nullable String messageId) {
        Membership membership = member.membership();
        String target = messageId;
        if (target == null && !membership.active()) {
            MessageSnapshot last = member.lastMessage();
            if (last == null) {
                return Mono.just(membership);
            }
            target = last.id();
        }
        return pointers.range(member, target).flatMap(range -> move(member, range, messageId != null));
    }

    private Mono<Membership> move(Member member, UnreadRange range, boolean named) {
        long seq = range.position().seq();
        if (named && !member.membership().sees(seq)) {
            return Mono.error(ApiException.of(ConversationError.MESSAGE_NOT_FOUND, "No such message here"));
        }
        return seq <= member.membership().reading().countedFrom().seq()
                ? Mono.just(member.membership())
                : pointers.move(member, range);
    }
}
