package dev.parley.conversation.reading;

import dev.parley.conversation.conversation.Conversation;
import dev.parley.conversation.conversation.Member;
import dev.parley.conversation.conversation.Unread;
import dev.parley.conversation.membership.Membership;
import dev.parley.conversation.membership.MembershipChanges;
import dev.parley.conversation.membership.MembershipChanges.Changed;
import dev.parley.conversation.reading.Receipts.Reached;
import dev.parley.conversation.timeline.Stretch;
import dev.parley.conversation.timeline.Stretch.Place;
import dev.parley.events.ConversationKind;
import dev.parley.events.ReceiptRead;
import dev.parley.events.ReceivedMessage;
import dev.parley.platform.event.EventCodec;
import dev.parley.platform.event.PendingEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Moves read pointers and tells of it. What a former member reads is told to nobody. */
@Component
public final class ReadReceipts {

    private final MembershipChanges changes;
    private final FullyRead fullyRead;
    private final Receipts receipts;
    private final EventCodec events;

    ReadReceipts(MembershipChanges changes, FullyRead fullyRead, Receipts receipts, EventCodec events) {
        this.changes = changes;
        this.fullyRead = fullyRead;
        this.receipts = receipts;
        this.events = events;
    }

    /**
     * Moves a member's pointer to the end of a stretch that begins at the pointer, if that is further on.
     *
     * @param also what else is written, at once
     * @param alsoTold its events
     * @return the membership afterwards; empty if the pointer was moved since the member was read, and nothing is written
     */
    public Mono<Membership> move(Member member, Stretch stretch, Update also, PendingEvent... alsoTold) {
        Membership membership = member.membership();
        Place place = stretch.place();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (place.seq() <= membership.reading().readSeq()) {
            return changes.apply(ReadPointer.unmoved(membership), also, alsoTold);
        }
        Update update = ReadPointer.advance(also, membership, place, now);
        if (!membership.active()) {
            return changes.apply(ReadPointer.unmoved(membership), update, alsoTold);
        }
        ReceiptRead receipt = receipt(member, stretch, now);
        PendingEvent event = events.pending(receipt);
        PendingEvent[] told =
                Stream.concat(Stream.of(event), Stream.of(alsoTold)).toArray(PendingEvent[]::new);
        return changes.write(ReadPointer.unmoved(membership), update, told)
                .flatMap(changed -> completed(member.conversation(), receipt, event, changed))
                .doOnNext(changes::publish)
                .map(Changed::membership);
    }

    private static ReceiptRead receipt(Member member, Stretch stretch, Instant now) {
        Membership membership = member.membership();
        Place place = stretch.place();
        boolean oneReader = member.conversation().kind() != ConversationKind.GROUP;
        return new ReceiptRead(
                membership.conversationId(),
                membership.tenantId(),
                membership.userId(),
                Objects.requireNonNull(place.messageId()),
                place.seq(),
                membership.reading().readSeq(),
                now,
                stretch.messages(),
                oneReader ? ids(stretch.messages()) : List.of(),
                Unread.count(
                        ReadPointer.after(membership.reading(), place),
                        membership.userId(),
                        member.conversation().progress()));
    }

    /**
     * Adds what only the written pointer allows to tell: which messages of a group everybody has read. A crash before
     * that leaves a receipt that names none; the conversation is brought up to it when the event is read, by
     * {@link ReadProgress}.
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
        ReceiptRead complete = new ReceiptRead(
                receipt.conversationId(),
                receipt.tenantId(),
                receipt.userId(),
                receipt.messageId(),
                receipt.seq(),
                receipt.afterSeq(),
                receipt.readAt(),
                receipt.messages(),
                full,
                receipt.unreadCount());
        PendingEvent completeEvent = withData(event, events.pending(complete).data());
        return changes.amend(changed.membership(), completeEvent)
                .defaultIfEmpty(new Changed(changed.membership(), List.of(completeEvent)));
    }

    private static PendingEvent withData(PendingEvent event, String data) {
        return new PendingEvent(
                event.id(), event.type(), event.topic(), event.key(), event.order(), event.time(), data);
    }

    private static List<String> ids(List<ReceivedMessage> messages) {
        return messages.stream().map(ReceivedMessage::messageId).toList();
    }
}
