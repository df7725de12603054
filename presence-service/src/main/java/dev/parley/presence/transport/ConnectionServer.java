package dev.parley.presence.transport;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** A server of live connections, as whoever starts and stops the service knows it. */
public interface ConnectionServer {

    /** Takes new connections (again). */
    void open();

    /**
     * Takes no new connections, and ends those that are open in random order, spread over a time.
     *
     * @return completes when every connection was told to end
     */
    Mono<Void> drain(Duration window, CloseReason reason);
}
