package dev.parley.presence.node;

import dev.parley.events.NodeAlive;
import dev.parley.events.NodeAsks;
import dev.parley.events.NodeEvent;
import dev.parley.events.NodeLeft;
import dev.parley.events.NodeTold;
import dev.parley.presence.NodeId;
import dev.parley.presence.PresenceSettings;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The other nodes that run presence-service. Told of by one thread. */
@Component
final class Neighbours {

    private static final Logger log = LoggerFactory.getLogger(Neighbours.class);

    private final String me;
    private final Messages messages;
    private final Answers answers;
    private final Introduction introduction;
    private final Leases leases;

    /** Beats that come together after a pause are one: the others' wait behind them. */
    private final long shortestBeat;

    private long lastBeat = System.nanoTime();

    Neighbours(NodeId me, Messages messages, Answers answers, Introduction introduction, PresenceSettings settings) {
        this.me = me.value();
        this.messages = messages;
        this.answers = answers;
        this.introduction = introduction;
        this.leases = new Leases(
                settings.nodes().beatsOf(settings.nodes().lease()),
                settings.nodes().beatsOf(settings.offlineGrace()));
        this.shortestBeat = settings.nodes().heartbeat().toNanos() / 2;
    }

    /** A node told something of a user. */
    void heard(String nodeId, Instant at) {
        if (!nodeId.equals(me)) {
            other(nodeId, at);
        }
    }

    /** A node told something of itself. Gives the nodes whose time is over now. */
    List<Leases.Ended> heard(NodeEvent event, Instant at) {
        if (event.nodeId().equals(me)) {
            return own(event);
        }
        other(event.nodeId(), at);
        if (event instanceof NodeAlive) {
            leases.back(event.nodeId());
        } else if (event instanceof NodeLeft left) {
            leases.left(left.nodeId(), left.at());
            introduction.done(left.nodeId());
        } else if (event instanceof NodeAsks asks && (asks.of() == null || me.equals(asks.of()))) {
            answers.to(asks.nodeId());
        } else if (event instanceof NodeTold told && told.to().equals(me)) {
            introduction.done(told.nodeId());
        }
        return List.of();
    }

    private void other(String nodeId, Instant at) {
        introduction.heard(nodeId);
        if (leases.heard(nodeId, at)) {
            log.info("Node {} is there again", nodeId);
            messages.ask(nodeId);
        }
    }

    private List<Leases.Ended> own(NodeEvent event) {
        if (event instanceof NodeAsks) {
            introduction.asked();
        }
        long now = System.nanoTime();
        if (!(event instanceof NodeAlive) || now - lastBeat < shortestBeat) {
            return List.of();
        }
        lastBeat = now;
        List<Leases.Ended> ended = leases.beat();
        ended.forEach(one -> log.info("Node {} is gone, last heard of at {}", one.nodeId(), one.lastAlive()));
        return ended;
    }

    /** Whether what all nodes see falls to this one to do. */
    boolean isFirst() {
        return leases.isFirst(me);
    }

    int count() {
        return leases.size();
    }
}
