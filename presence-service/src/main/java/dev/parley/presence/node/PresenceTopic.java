package dev.parley.presence.node;

import dev.parley.events.Event;
import dev.parley.events.NodeEvent;
import dev.parley.events.PresenceChanged;
import dev.parley.events.TypingChanged;
import dev.parley.platform.event.EventHandler;
import dev.parley.platform.event.PartitionRange;
import dev.parley.platform.event.ReceivedEvent;
import dev.parley.presence.live.PresenceTransition;
import dev.parley.presence.live.Surface;
import dev.parley.presence.transport.Fanout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes what is told of users and nodes, to nobody's record, to those who are connected here. */
@Component
final class PresenceTopic implements EventHandler {

    private static final Logger log = LoggerFactory.getLogger(PresenceTopic.class);

    /** Of how many users. */
    private static final int TOLD_AT_ONCE = 100;

    private static final int NOT_AHEAD = 0;

    private final Everybody everybody;
    private final Neighbours neighbours;
    private final News news;
    private final List<Surface> surfaces;
    private final Fanout fanout;

    PresenceTopic(Everybody everybody, Neighbours neighbours, News news, List<Surface> surfaces, Fanout fanout) {
        this.everybody = everybody;
        this.neighbours = neighbours;
        this.news = news;
        this.surfaces = surfaces;
        this.fanout = fanout;
    }

    /**
     * The next batch comes when this one has been written, or dropped: the sockets' queues do not grow without bound. With a node
     * many users may go: some are told of at a time.
     */
    @Override
    public Mono<Void> handle(List<ReceivedEvent> batch) {
        return Flux.fromIterable(batch)
                .concatMapIterable(this::taken)
                .buffer(TOLD_AT_ONCE)
                .concatMap(some -> Mono.defer(() -> news.tell(items(some))).then(fanout.settled()), NOT_AHEAD)
                .then(fanout.settled());
    }

    @Override
    public void onStart(String topic, Map<Integer, PartitionRange> ranges) {
        neighbours.reads(ranges.keySet());
    }

    private List<News.Item> items(List<PresenceTransition> transitions) {
        List<News.Item> items = new ArrayList<>();
        for (PresenceTransition transition : transitions) {
            try {
                items.add(new News.Item(transition, everybody.observers(transition)));
            } catch (RuntimeException failure) {
                log.warn("Nobody is told that {} is {}", transition.userId(), transition.now(), failure);
            }
        }
        return items;
    }

    /** One record that cannot be dealt with takes no other along: what those before it changed is to be told. */
    private List<PresenceTransition> taken(ReceivedEvent received) {
        List<PresenceTransition> transitions = new ArrayList<>();
        try {
            take(received, transitions);
        } catch (RuntimeException failure) {
            log.warn("Passed over: {}", received.id(), failure);
        }
        return transitions;
    }

    private void take(ReceivedEvent received, List<PresenceTransition> transitions) {
        Event event = received.data();
        Instant at = received.time();
        if (event instanceof TypingChanged typing) {
            surfaces.forEach(surface -> surface.typingChanged(typing));
        } else if (event instanceof PresenceChanged presence) {
            neighbours.heard(presence.nodeId(), at);
            everybody.told(presence).ifPresent(transitions::add);
        } else if (event instanceof NodeEvent said) {
            List<Leases.Ended> ended = neighbours.heard(said, at, received.partition());
            boolean store = !ended.isEmpty() && neighbours.isFirst();
            ended.forEach(one -> transitions.addAll(everybody.lost(one.nodeId(), one.lastAlive(), store)));
        }
    }
}
