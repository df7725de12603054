package dev.parley.conversation.readpointer;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.Membership;
import dev.parley.conversation.MembershipUpdates;
import dev.parley.conversation.MembershipUpdates.Changed;
import dev.parley.conversation.access.Member;
import dev.parley.conversation.messageservice.UnreadRange;
import dev.parley.conversation.messageservice.UnreadRange.MessagePosition;
import dev.parley.conversation.receipt.FullyReadMessages;
import dev.parley.conversation.receipt.ReceiptProgress;
import dev.parley.conversation.receipt.ReceiptProgress.Reached;
import dev.parley.conversation.receipt.ReceiptRecovery;
import dev.parley.conversation.unread.UnreadCount;
import dev.parley.events.ConversationKind;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Moves read pointers and publishes a receipt for each. What a former member reads is not published. */
@Component
public final class ReadPointerUpdates {

    private final MembershipUpdates updates;
    private final FullyReadMessages fullyRead;
    private final ReceiptProgress receipts;
    private final EventCodec events;
    private final ReadPointerMetrics metrics;

    ReadPointerUpdates(
            MembershipUpdates updates,
            FullyReadMessages fullyRead,
            ReceiptProgress receipts,
            EventCodec events,
            ReadPointerMetrics metrics) {
        this.updates = updates;
        this.fullyRead = fullyRead;
        this.receipts = receipts;
        this.events = events;
        this.metrics = metrics;
    }

    /**
     * Moves a member's pointer on to the end of a range that begins at the pointer and is not empty.
     *
     * @return the membership afterwards; empty if the pointer was moved since the member was read, and nothing is written
     */
    public Mono<Membership> move(Member member, UnreadRange range) {
        Membership membership = member.membership();
        MessagePosition position = range.position();
        Instant now = ConversationUpdates.now();
        Update update = ReadPointer.advance(new Update(), membership, position, now);
        if (!membership.active()) {
            return metrics.count(updates.apply(ReadPointer.unmoved(membership), update));
        }
        ReceiptRead receipt = receipt(member, range, now);
        PendingEvent event = events.pending(receipt);
        return metrics.count(updates.write(ReadPointer.unmoved(membership), update, event))
                .flatMap(changed -> completed(member.conversation(), receipt, event, changed))
                .doOnNext(updates::publish)
                .map(Changed::membership);
    }

    /** Notes that the history was cleared up to a position, if the pointer was not moved meanwhile; else empty. */
    Mono<Membership> clear(Member member, MessagePosition position, Update also, PendingEvent... published) {
        Membership membership = member.membership();
        return updates.apply(ReadPointer.unmoved(membership), ReadPointer.clear(also, position), published);
    }

    private static ReceiptRead receipt(Member member, UnreadRange range, Instant now) {
        Membership membership = member.membership();
        MessagePosition position = range.position();
        long clearedSeq = membership.reading().countedFrom().seq();
        List<ReceivedMessage> messages = range.messages().stream()
                .filter(message -> message.seq() > clearedSeq)
                .toList();
        boolean oneReader = member.conversation().kind() != ConversationKind.GROUP;
        return new ReceiptRead(
                membership.conversationId(),
                membership.tenantId(),
                membership.userId(),
                Objects.requireNonNull(position.messageId()),
                position.seq(),
                membership.reading().readSeq(),
                now,
                messages,
                oneReader ? ids(messages) : List.of(),
                UnreadCount.count(
                        ReadPointer.after(membership.reading(), position),
                        membership.userId(),
                        member.conversation().progress()),
                position.ordinal(),
                position.senderOrdinal());
    }

    /**
     * Adds to the receipt what can be worked out only after the pointer is written: which messages of a group everybody
     * has read. A crash before that leaves a receipt that names none; {@link ReceiptRecovery} then brings the conversation
     * up to date when it reads the event.
     */
    private Mono<Changed> completed(
            Conversation conversation, ReceiptRead receipt, PendingEvent event, Changed changed) {
        return fullyRead.among(conversation, receipt.messages()).flatMap(full -> receipts.note(
                        List.of(Reached.of(conversation.id(), receipt.messages(), full)))
                .then(
                        full.size() == receipt.fullyReadMessageIds().size()
                                ? Mono.just(changed)
                                : amended(receipt, ids(full), event, changed)));
    }

    private Mono<Changed> amended(ReceiptRead receipt, List<String> full, PendingEvent event, Changed changed) {
        PendingEvent completeEvent =
                withData(event, events.pending(receipt.withFullyRead(full)).data());
        return updates.amend(changed.membership(), completeEvent)
                .defaultIfEmpty(new Changed(changed.membership(), List.of(completeEvent)));
    }

    private static PendingEvent withData(PendingEvent event, String data) {
        return new PendingEvent(
                event.id(),
                event.type(),
                event.topic(),
                event.key(),
                event.order(),
                event.time(),
                data,
                event.traceparent());
    }

    private static List<String> ids(List<ReceivedMessage> messages) {
        return messages.stream().map(ReceivedMessage::messageId).toList();
    }
}
