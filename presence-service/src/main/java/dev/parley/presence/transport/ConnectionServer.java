package dev.parley.presence.transport;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** A server of live connections, as seen by the code that starts and stops the service. */
public interface ConnectionServer {

    /** Accepts new connections (again). */
    void open();

    /**
     * Accepts no new connections, and closes the open ones in random order, spread over a time window.
     *
     * @return completes when every connection was told to close
     */
    Mono<Void> drain(Duration window, CloseReason reason);
}
