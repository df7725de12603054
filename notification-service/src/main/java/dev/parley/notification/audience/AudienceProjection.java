package dev.parley.notification.audience;

import dev.parley.notification.event.ConversationListener;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.platform.store.OptimisticUpdate;
import java.time.Duration;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Keeps up with who is in conversations, what they have read and how much there is to read. */
@Component
@Order(ConversationListener.AUDIENCE)
final class AudienceProjection implements ConversationListener {

    private static final OptimisticUpdate UPDATE =
            new OptimisticUpdate(20, Duration.ofMillis(1), Duration.ofMillis(100));

    private final AudienceStore store;
    private final AudienceUpdates updates;

    AudienceProjection(AudienceStore store, AudienceUpdates updates) {
        this.store = store;
        this.updates = updates;
    }

    /**
     * One write for each conversation and for each sender of the batch, however many messages there are, and one for each
     * member whom another event is about.
     *
     * <p>Senders are written before conversations, so that a message never counts as unread for its own sender.
     */
    @Override
    public Mono<Void> hear(List<ReceivedEvent> batch) {
        AudienceBatch events = AudienceBatch.of(batch);
        return writeMembers(events)
                .then(Mono.defer(() -> updates.add(events.conversations())))
                .then(Mono.defer(() -> updates.removeMembers(events.deletedConversations())));
    }

    /** Others write members only while they are copied, and one who has lost its partitions and does not know it yet. */
    private Mono<Void> writeMembers(AudienceBatch events) {
        List<String> ids = events.memberIds();
        return ids.isEmpty()
                ? Mono.empty()
                : UPDATE.run(
                                Mono.defer(() -> store.members(ids)),
                                known -> updates.replace(events.changed(known)),
                                () -> new OptimisticLockingFailureException("Somebody else writes these members, too"))
                        .then();
    }
}
