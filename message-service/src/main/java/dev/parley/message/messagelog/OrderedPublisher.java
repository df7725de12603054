package dev.parley.message.messagelog;

import dev.parley.message.store.Message;
import dev.parley.message.store.MessageStore;
import dev.parley.platform.event.PendingEvent;
import dev.parley.platform.outbox.Outbox;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Publishes the events of stored messages in the order of {@code seq}, without anybody waiting for the broker, so that no
 * sender waits or fails because Kafka is away. What could not be published is published before the next message of its
 * conversation, or by the sweeper of the outbox.
 */
@Component
final class OrderedPublisher {

    private static final Logger log = LoggerFactory.getLogger(OrderedPublisher.class);
    private static final int MAX_CATCH_UP = 1_000;

    private final MessageStore store;
    private final Outbox outbox;

    OrderedPublisher(MessageStore store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    /** @return completes when the events are on their way, and those of earlier messages that were not published */
    Mono<Void> publish(ConversationWriteQueue queue, List<Message> stored) {
        if (!queue.isBehind()) {
            stored.forEach(message -> publish(queue, message.id(), message.seq(), message.pendingEvents()));
            return Mono.empty();
        }
        if (!queue.mayCatchUp()) {
            return Mono.empty();
        }
        return store.unpublished(queue.conversationId(), MAX_CATCH_UP)
                .collectList()
                .doOnNext(left -> {
                    if (left.size() < MAX_CATCH_UP) {
                        queue.caughtUp();
                    }
                    left.forEach(message -> publish(queue, message.id(), message.seq(), message.events()));
                })
                .then();
    }

    private void publish(ConversationWriteQueue queue, String messageId, long seq, List<PendingEvent> events) {
        outbox.publish(MessageStore.OUTBOX, messageId, events).subscribe(nothing -> {}, failure -> {
            log.warn("Could not publish message {} of conversation {} yet", seq, queue.conversationId(), failure);
            queue.fallBehind();
        });
    }
}
