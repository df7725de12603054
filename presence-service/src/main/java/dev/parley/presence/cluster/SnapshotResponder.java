package dev.parley.presence.cluster;

import dev.parley.presence.online.LocalPresence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Publishes all users of this node when another node asks for them. Nodes that ask while a snapshot is being published are
 * answered together with the next one.
 */
@Component
final class SnapshotResponder {

    private static final Logger log = LoggerFactory.getLogger(SnapshotResponder.class);

    private final LocalPresence users;
    private final NodePublisher publisher;
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean publishing;

    SnapshotResponder(LocalPresence users, NodePublisher publisher) {
        this.users = users;
        this.publisher = publisher;
    }

    synchronized void respondTo(String requester) {
        // At once, so that the requester knows that it has to wait for this node.
        publisher.publishHeartbeat();
        waiting.add(requester);
        if (!publishing) {
            publishing = true;
            publishSnapshot();
        }
    }

    private void publishSnapshot() {
        List<String> requesters = List.copyOf(waiting);
        waiting.clear();
        users.publishAll()
                .doFinally(end -> {
                    requesters.forEach(publisher::publishSnapshotEnd);
                    publishNext();
                })
                .subscribe(nothing -> {}, failure -> log.warn("Could not publish all users of this node", failure));
    }

    private synchronized void publishNext() {
        if (waiting.isEmpty()) {
            publishing = false;
        } else {
            publishSnapshot();
        }
    }
}
