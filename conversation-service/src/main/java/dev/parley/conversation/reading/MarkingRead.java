package dev.parley.conversation.reading;

import dev.parley.conversation.ConversationError;
import dev.parley.conversation.conversation.ConversationAccess;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.timeline.Stretch;
import dev.parley.conversation.timeline.Timeline;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.security.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Marks conversations as read. */
@Component
public final class MarkingRead {

    private static final int MAX_ATTEMPTS = 20;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final ConversationAccess access;
    private final Timeline timeline;
    private final ReadReceipts receipts;

    MarkingRead(ConversationAccess access, Timeline timeline, ReadReceipts receipts) {
        this.access = access;
        this.timeline = timeline;
        this.receipts = receipts;
    }

    /**
     * Moves the caller's pointer forward to a message. An earlier one changes nothing.
     *
     * @param messageId null for the newest that the caller sees
     * @return fails with {@link ConversationError#MESSAGE_NOT_FOUND} if the caller sees no such message there
     */
    public Mono<Void> upTo(Caller caller, String conversationId, @Nullable String messageId) {
        return attempt(caller, conversationId, messageId, MAX_ATTEMPTS).then();
    }

    private Mono<Membership> attempt(
            Caller caller, String conversationId, @Nullable String messageId, int attemptsLeft) {
        if (attemptsLeft == 0) {
            return Mono.error(ApiException.retryLater(
                    ConversationError.BUSY, "Several of your devices read this at once", TRY_AGAIN));
        }
        return access.viewer(caller, conversationId)
                .flatMap(member -> move(member, messageId))
                .switchIfEmpty(Mono.defer(() -> attempt(caller, conversationId, messageId, attemptsLeft - 1)));
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
        long readSeq = membership.reading().readSeq();
        return timeline.upTo(membership.tenantId(), membership.conversationId(), membership.userId(), target, readSeq)
                .flatMap(stretch -> move(member, stretch, messageId != null));
    }

    private Mono<Membership> move(Member member, Stretch stretch, boolean named) {
        long seq = stretch.place().seq();
        if (named && !member.membership().sees(seq)) {
            return Mono.error(ApiException.of(ConversationError.MESSAGE_NOT_FOUND, "No such message here"));
        }
        return seq <= member.membership().reading().readSeq()
                ? Mono.just(member.membership())
                : receipts.move(member, stretch, new Update());
    }
}
