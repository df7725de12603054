package dev.parley.conversation.conversation;

import dev.parley.conversation.membership.Admission;
import dev.parley.conversation.membership.Memberships;
import dev.parley.events.ConversationCreated;
import dev.parley.events.ConversationDeleted;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps conversations and memberships up to date with what the events say. */
@Component
final class EventProjection implements EventHandler {

    private final ConversationStore store;
    private final Memberships memberships;

    EventProjection(ConversationStore store, Memberships memberships) {
        this.store = store;
        this.memberships = memberships;
    }

    /**
     * One write for each conversation of the batch, however many messages it got, and one for each message that was
     * changed. Last messages come before changes: a change of one that is not noted yet would be lost.
     */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        List<Admission> admissions = new ArrayList<>();
        List<String> ended = new ArrayList<>();
        Map<String, MessageSnapshot> last = new LinkedHashMap<>();
        Map<String, MessageSnapshot> changed = new LinkedHashMap<>();
        for (ReceivedEvent event : batch) {
            if (event.data() instanceof ConversationCreated created) {
                admissions.add(Admission.of(created));
            } else if (event.data() instanceof MessageCreated created) {
                last.merge(
                        created.conversationId(),
                        created.message(),
                        (one, other) -> one.seq() > other.seq() ? one : other);
            } else if (event.data() instanceof ConversationDeleted deleted && deleted.userId() == null) {
                ended.add(deleted.conversationId());
            } else if (event.data() instanceof MessageChange change) {
                changed.merge(change.message().id(), change.message(), EventProjection::newer);
            }
        }
        return Flux.fromIterable(admissions)
                .concatMap(memberships::admit)
                .thenMany(Flux.fromIterable(ended))
                .concatMap(memberships::end)
                .then(last.isEmpty() ? Mono.empty() : store.noteLast(last.values()))
                .then(changed.isEmpty() ? Mono.empty() : store.noteChanges(changed.values()));
    }

    private static MessageSnapshot newer(MessageSnapshot one, MessageSnapshot other) {
        return one.revision() > other.revision() ? one : other;
    }
}
