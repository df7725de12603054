package dev.parley.presence.transport;

import io.micrometer.core.instrument.Counter;
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
        registry.gauge("parley.sockets.open", open);
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, registry.counter("parley.sockets.closed", "reason", reason.wireName()));
        }
        encoded = registry.counter("parley.sockets.encoded");
        dropped = registry.counter("parley.sockets.dropped");
        written = registry.counter("parley.sockets.written");
        flushed = registry.counter("parley.sockets.flushed");
        turns = registry.counter("parley.sockets.turns");
        failedEvents = registry.counter("parley.sockets.events.failed");
        overdueEvents = registry.counter("parley.sockets.events.overdue");
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
        registry.counter("parley.sockets.refused", "reason", reason).increment();
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
