package dev.parley.conversation.delivery;

import dev.parley.conversation.ConversationUpdates;
import dev.parley.conversation.Membership;
import dev.parley.conversation.access.Member;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.SenderKind;
import dev.parley.platform.batch.CoalescingBatcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Notes that members were shown the last messages of conversations, because what is shown is delivered. Nobody waits for it,
 * what many requests show is noted together, and a message that is known to be delivered costs nothing.
 */
@Component
public final class ShownMessages implements DisposableBean {

    private static final int MAX_BATCH = 1_000;

    private final CoalescingBatcher<String, Delivery> batches;

    ShownMessages(DeliveryReceipts deliveries, ShownMessagesSettings settings, MeterRegistry meters) {
        this.batches = new CoalescingBatcher<>(
                new CoalescingBatcher.Bounds(settings.interval(), settings.retry(), MAX_BATCH, settings.maxWaiting()),
                Delivery::further,
                batch -> deliveries.note(List.copyOf(batch.values())),
                Counter.builder("parley.conversations.shown.unnoted")
                        .description(
                                "Last messages that members were shown and that were not noted: too many were waiting")
                        .register(meters));
    }

    /** These were shown their conversations. */
    public void shown(Collection<Member> members) {
        members.forEach(this::shown);
    }

    private void shown(Member member) {
        Membership membership = member.membership();
        MessageSnapshot last = member.lastMessage();
        if (last != null
                && membership.isReader()
                && last.senderKind() != SenderKind.SYSTEM
                && !last.sender().id().equals(membership.userId())
                && last.seq() > membership.reading().deliveredSeq()) {
            batches.add(
                    membership.id(),
                    new Delivery(
                            membership.conversationId(),
                            membership.tenantId(),
                            membership.userId(),
                            last.seq(),
                            ConversationUpdates.now()));
        }
    }

    /** What waits is made up for by the next request. */
    @Override
    public void destroy() {
        batches.close();
    }
}
