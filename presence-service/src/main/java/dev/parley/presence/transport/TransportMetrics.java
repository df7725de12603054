package dev.parley.presence.transport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of live connections. All names begin with {@code parley.sockets}. */
public final class TransportMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);
    private final Counter encoded;
    private final Counter dropped;
    private final Counter written;
    private final Counter flushed;
    private final Counter turns;
    private final Counter failedEvents;
    private final Counter overdueEvents;

    public TransportMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("parley.sockets.open", open, AtomicInteger::get)
                .description("Connections that are open")
                .register(registry);
        for (CloseReason reason : CloseReason.values()) {
            closed.put(
                    reason,
                    Counter.builder("parley.sockets.closed")
                            .description("Connections that were closed")
                            .tag("reason", reason.wireName())
                            .register(registry));
        }
        encoded = Counter.builder("parley.sockets.encoded")
                .description("Events that were encoded, once for each wire form")
                .register(registry);
        dropped = Counter.builder("parley.sockets.dropped")
                .description("Messages that were dropped for a client that reads slowly")
                .register(registry);
        written = Counter.builder("parley.sockets.written")
                .description("Messages that were written to sockets")
                .register(registry);
        flushed = Counter.builder("parley.sockets.flushed")
                .description("Sockets that were flushed")
                .register(registry);
        turns = Counter.builder("parley.sockets.turns")
                .description("Turns of the event loops that wrote")
                .register(registry);
        failedEvents = Counter.builder("parley.sockets.events.failed")
                .description("Events of clients whose handler failed or took too long")
                .register(registry);
        overdueEvents = Counter.builder("parley.sockets.events.overdue")
                .description("Events of clients that were not handled, because others took too long")
                .register(registry);
    }

    public void sessionOpened() {
        open.incrementAndGet();
    }

    public void sessionClosed(CloseReason reason) {
        open.decrementAndGet();
        counter(reason).increment();
    }

    /** The handler of a client's event failed or took too long. */
    public void eventFailed() {
        failedEvents.increment();
    }

    /** A client's event was not handled, because others took too long or too many waited. */
    public void eventOverdue() {
        overdueEvents.increment();
    }

    /** A session was not opened, because its address has too many of these. */
    void addressRefused(String reason) {
        Counter.builder("parley.sockets.refused")
                .description("Sessions that were not opened, because of their address")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /** An event was encoded for one wire form. */
    void encoded() {
        encoded.increment();
    }

    /** A droppable message was dropped for one client. */
    void dropped() {
        dropped.increment();
    }

    /** One turn of an event loop wrote this many messages. */
    void turn(int messages) {
        turns.increment();
        written.increment(messages);
    }

    /** This many sockets were flushed. */
    void flushed(int sockets) {
        flushed.increment(sockets);
    }

    private Counter counter(CloseReason reason) {
        Counter counter = closed.get(reason);
        if (counter == null) {
            throw new IllegalStateException("No counter for " + reason);
        }
        return counter;
    }
}
