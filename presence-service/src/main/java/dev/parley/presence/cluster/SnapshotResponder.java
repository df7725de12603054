package dev.parley.presence.cluster;

import dev.parley.presence.online.LocalPresence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells those who ask who is online here. Whoever asks while it is told to another is told with all who asked meanwhile. */
@Component
final class SnapshotResponder {

    private static final Logger log = LoggerFactory.getLogger(SnapshotResponder.class);

    private final LocalPresence devices;
    private final NodePublisher messages;
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean telling;

    SnapshotResponder(LocalPresence devices, NodePublisher messages) {
        this.devices = devices;
        this.messages = messages;
    }

    synchronized void to(String asker) {
        // So that it knows at once whom to wait for.
        messages.alive();
        waiting.add(asker);
        if (!telling) {
            telling = true;
            tell();
        }
    }

    private void tell() {
        List<String> askers = List.copyOf(waiting);
        waiting.clear();
        devices.publishAll()
                .doFinally(end -> {
                    askers.forEach(messages::told);
                    next();
                })
                .subscribe(nothing -> {}, failure -> log.warn("Not all was told that was asked", failure));
    }

    private synchronized void next() {
        if (waiting.isEmpty()) {
            telling = false;
        } else {
            tell();
        }
    }
}
