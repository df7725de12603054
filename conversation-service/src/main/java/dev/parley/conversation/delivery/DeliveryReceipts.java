package dev.parley.conversation.delivery;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.MembershipUpdates;
import dev.parley.conversation.MembershipUpdates.Change;
import dev.parley.conversation.delivery.NewDeliveries.NewDelivery;
import dev.parley.conversation.messageservice.MessageServiceClient;
import dev.parley.conversation.receipt.ReceiptProgress;
import dev.parley.conversation.receipt.ReceiptProgress.Reached;
import dev.parley.conversation.receipt.ReceiptSettings;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceivedMessage;
import dev.parley.platform.event.EventCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Moves the pointers of what was delivered, and publishes receipts. */
@Component
public final class DeliveryReceipts {

    private static final int MAX_QUESTIONS_AT_ONCE = 16;

    private final NewDeliveries newDeliveries;
    private final ConversationStore conversations;
    private final MessageServiceClient messageService;
    private final MembershipUpdates updates;
    private final ReceiptProgress receipts;
    private final EventCodec events;
    private final ReceiptSettings settings;

    DeliveryReceipts(
            NewDeliveries newDeliveries,
            ConversationStore conversations,
            MessageServiceClient messageService,
            MembershipUpdates updates,
            ReceiptProgress receipts,
            EventCodec events,
            ReceiptSettings settings) {
        this.newDeliveries = newDeliveries;
        this.conversations = conversations;
        this.messageService = messageService;
        this.updates = updates;
        this.receipts = receipts;
        this.events = events;
        this.settings = settings;
    }

    /**
     * Notes deliveries, those of one member together. Those that go no further than before, or are of no member, change
     * nothing. One question to message-service for each conversation in which a pointer moves. It names the newest hundred
     * messages: of a delivery that ends before those only the pointer moves. A conversation for which it is not answered
     * holds up no other.
     *
     * @return fails if nothing was noted in one of the conversations; the deliveries are to be reported again then
     */
    public Mono<Void> note(List<Delivery> deliveries) {
        return newDeliveries.among(deliveries).flatMap(this::noteNews);
    }

    private Mono<Void> noteNews(Map<String, List<NewDelivery>> news) {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        return conversations
                .byIds(news.keySet())
                .filter(conversation -> conversation.deletedAt() == null)
                .flatMap(
                        conversation -> outcome(conversation, Objects.requireNonNull(news.get(conversation.id())))
                                .onErrorResume(failure -> {
                                    failures.add(failure);
                                    return Mono.empty();
                                }),
                        MAX_QUESTIONS_AT_ONCE)
                .collectList()
                .flatMap(this::write)
                .then(Mono.defer(() -> failures.isEmpty() ? Mono.empty() : Mono.error(failures.remove())));
    }

    private record Outcome(Reached reached, Map<String, Change> changes) {}

    private Mono<Outcome> outcome(Conversation conversation, List<NewDelivery> news) {
        long afterSeq = news.stream().mapToLong(NewDelivery::afterSeq).min().orElseThrow();
        return messageService
                .newest(conversation.tenantId(), conversation.id(), afterSeq)
                .map(range -> outcome(conversation, news, range.messages()));
    }

    private Outcome outcome(Conversation conversation, List<NewDelivery> news, List<ReceivedMessage> messages) {
        boolean named = conversation.participantCount() <= settings.maxNamedReceipts();
        long reached = conversation.progress().deliveredSeq();
        Map<String, Change> moved = new HashMap<>();
        for (NewDelivery delivery : news) {
            List<ReceivedMessage> received = delivery.received(messages);
            long newest =
                    received.isEmpty() ? 0 : received.get(received.size() - 1).seq();
            boolean published = newest > 0 && (named || newest > reached);
            reached = Math.max(reached, newest);
            moved.put(delivery.member().id(), change(delivery, published ? received : List.of()));
        }
        return new Outcome(new Reached(conversation.id(), reached, 0), moved);
    }

    private Change change(NewDelivery delivered, List<ReceivedMessage> messages) {
        Delivery delivery = delivered.delivery();
        Update update =
                new Update().set("reading.deliveredSeq", delivery.seq()).set("reading.deliveredAt", delivery.at());
        ReceiptDelivered receipt = new ReceiptDelivered(
                delivery.conversationId(),
                delivered.member().tenantId(),
                delivery.userId(),
                delivery.seq(),
                delivered.afterSeq(),
                delivery.at(),
                messages);
        return new Change(
                MembershipUpdates.guard(delivered.member())
                        .and("reading.deliveredSeq")
                        .lt(delivery.seq()),
                update,
                messages.isEmpty() ? List.of() : List.of(events.pending(receipt)));
    }

    /** Conversations are written first, so that whoever gets the receipt finds the delivery in lists. */
    private Mono<Void> write(List<Outcome> outcomes) {
        List<Reached> reached = new ArrayList<>();
        Map<String, Change> moved = new HashMap<>();
        outcomes.forEach(one -> {
            reached.add(one.reached());
            moved.putAll(one.changes());
        });
        return receipts.note(reached).then(updates.applyAll(moved));
    }
}
