package dev.parley.presence.node;

import dev.parley.events.Event;
import dev.parley.events.NodeEvent;
import dev.parley.events.PresenceChanged;
import dev.parley.events.SessionEnded;
import dev.parley.events.TypingChanged;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.live.EndedSessions;
import dev.parley.presence.live.Surface;
import dev.parley.presence.transport.Fanout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes what is told of users and nodes, to nobody's record, to those who are connected here. */
@Component
final class PresenceTopic implements EventHandler {

    private final Everybody everybody;
    private final Neighbours neighbours;
    private final News news;
    private final EndedSessions sessions;
    private final List<Surface> surfaces;
    private final Fanout fanout;

    PresenceTopic(
            Everybody everybody,
            Neighbours neighbours,
            News news,
            EndedSessions sessions,
            List<Surface> surfaces,
            Fanout fanout) {
        this.everybody = everybody;
        this.neighbours = neighbours;
        this.news = news;
        this.sessions = sessions;
        this.surfaces = surfaces;
        this.fanout = fanout;
    }

    /** The next batch comes when this one has been written, or dropped: the sockets' queues do not grow without bound. */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        List<News.Item> items = new ArrayList<>();
        batch.forEach(received -> take(received.data(), received.time(), items));
        return news.tell(items).then(fanout.settled());
    }

    private void take(Event event, Instant at, List<News.Item> items) {
        if (event instanceof TypingChanged typing) {
            surfaces.forEach(surface -> surface.typingChanged(typing));
        } else if (event instanceof SessionEnded ended) {
            sessions.end(ended);
        } else if (event instanceof PresenceChanged presence) {
            neighbours.heard(presence.nodeId(), at);
            everybody.told(presence).ifPresent(items::add);
        } else if (event instanceof NodeEvent said) {
            List<Leases.Ended> ended = neighbours.heard(said, at);
            boolean store = !ended.isEmpty() && neighbours.isFirst();
            ended.forEach(one -> items.addAll(everybody.lost(one.nodeId(), one.lastAlive(), store)));
        }
    }
}
