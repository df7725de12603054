package dev.parley.presence.live;

import dev.parley.events.ConversationCreated;
import dev.parley.events.MessageChange;
import dev.parley.events.MessageCreated;
import dev.parley.events.MessageSnapshot;
import dev.parley.events.TypingChanged;
import dev.parley.platform.encryption.OpenedEvents;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.transport.Fanout;
import dev.parley.presence.transport.Rooms;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes what happens on the platform to the clients that are connected here. */
@Component
final class LiveEvents implements EventHandler {

    private final List<Surface> surfaces;
    private final Arrivals arrivals;
    private final Rooms rooms;
    private final Fanout fanout;
    private final OpenedEvents opened;
    private final SeqFilter messages = new SeqFilter();
    private final SeqFilter changes = new SeqFilter();

    LiveEvents(List<Surface> surfaces, Arrivals arrivals, Rooms rooms, Fanout fanout, OpenedEvents opened) {
        this.opened = opened;
        this.surfaces = surfaces;
        this.arrivals = arrivals;
        this.rooms = rooms;
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

    private void tell(ReceivedEvent event) {
        if (event.data() instanceof MessageCreated created) {
            MessageSnapshot message = created.message();
            if (messages.isNew(message.conversationId(), message.seq())) {
                surfaces.forEach(surface -> surface.messageCreated(created));
            }
        } else if (event.data() instanceof MessageChange change) {
            MessageSnapshot message = change.message();
            if (changes.isNew(message.id(), message.revision())) {
                surfaces.forEach(surface -> surface.messageChanged(change));
            }
        } else if (event.data() instanceof ConversationCreated created) {
            enter(created);
            surfaces.forEach(surface -> surface.conversationCreated(created));
        } else if (event.data() instanceof TypingChanged typing) {
            surfaces.forEach(surface -> surface.typingChanged(typing));
        }
    }

    private void enter(ConversationCreated created) {
        String room = RoomNames.ofConversation(created.conversationId());
        created.participants().forEach(participant -> {
            String userId = participant.user().id();
            arrivals.joined(userId, created.conversationId());
            rooms.in(RoomNames.ofUser(created.tenantId(), userId)).forEach(device -> rooms.join(device, room));
        });
    }
}
