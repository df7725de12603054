package dev.parley.platform.encryption;

import dev.parley.events.Event;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.MessageSnapshot;
import dev.parley.platform.event.ReceivedEvent;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Events with their messages as they were written, for those who show them at once. Whoever stores them does without. */
public final class OpenedEvents {

    /** How many are opened at a time: a key that must be asked for does not hold up those after it. */
    private static final int MAX_AT_ONCE = 32;

    private final ContentKeys keys;

    OpenedEvents(ContentKeys keys) {
        this.keys = keys;
    }

    /** The events in their order; fails if one cannot be opened. */
    public Mono<List<ReceivedEvent>> of(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch).flatMapSequential(this::of, MAX_AT_ONCE).collectList();
    }

    private Mono<ReceivedEvent> of(ReceivedEvent event) {
        return of(event.data()).map(data -> data == event.data() ? event : event.with(data));
    }

    private Mono<Event> of(Event event) {
        if (event instanceof MessageCreated created) {
            return keys.open(created.message()).map(message -> new MessageCreated(message, created.clientId()));
        }
        if (event instanceof MessageChange change) {
            return keys.open(change.message()).map(change::of);
        }
        if (event instanceof MessageHidden hidden && hidden.newest() != null) {
            MessageSnapshot newest = hidden.newest();
            return keys.open(newest)
                    .map(message -> new MessageHidden(
                            hidden.conversationId(),
                            hidden.tenantId(),
                            hidden.userId(),
                            hidden.messageId(),
                            hidden.seq(),
                            message));
        }
        return Mono.just(event);
    }
}
