package dev.parley.presence.live;

import dev.parley.events.Event;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageHidden;
import dev.parley.events.ReceiptDelivered;
import dev.parley.events.ReceiptRead;
import dev.parley.platform.encryption.OpenedEvents;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.transport.Fanout;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes what happens on the platform to the clients that are connected here. */
@Component
final class LiveEvents implements EventHandler {

    private final LiveMessages messages;
    private final LiveConversations conversations;
    private final Fanout fanout;
    private final OpenedEvents opened;

    LiveEvents(LiveMessages messages, LiveConversations conversations, Fanout fanout, OpenedEvents opened) {
        this.opened = opened;
        this.messages = messages;
        this.conversations = conversations;
        this.fanout = fanout;
    }

    /** The next batch comes when this one has been written, or dropped: the sockets' queues do not grow without bound. */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return opened.of(batch).flatMap(events -> {
            events.forEach(this::tell);
            return fanout.settled();
        });
    }

    private void tell(ReceivedEvent received) {
        Event event = received.data();
        if (event instanceof MessageCreated created) {
            messages.created(created);
        } else if (event instanceof MessageChange change) {
            messages.changed(change);
        } else if (event instanceof MessageHidden hidden) {
            messages.hidden(hidden);
        } else if (event instanceof ReceiptRead read) {
            messages.read(read);
        } else if (event instanceof ReceiptDelivered delivered) {
            messages.delivered(delivered);
        } else {
            conversations.tell(received);
        }
    }
}
