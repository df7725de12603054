package dev.parley.presence.routing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what a node and its router read and write. */
final class RoutingMetrics {

    private final Counter inboxRead;
    private final Counter routerRead;
    private final Counter routerWritten;

    RoutingMetrics(MeterRegistry meters, InterestRegistry interest) {
        this.inboxRead = Counter.builder("parley.inbox.read")
                .description("Records that this node has read of its inbox")
                .register(meters);
        this.routerRead = Counter.builder("parley.router.read")
                .description("Events of conversations that the router of this node has read")
                .register(meters);
        this.routerWritten = Counter.builder("parley.router.written")
                .description("Records that the router of this node has written to inboxes")
                .register(meters);
        Gauge.builder("parley.interest.users", interest, InterestRegistry::size)
                .description("Users of whom this node has told the routers")
                .register(meters);
    }

    void inboxRead(int records) {
        inboxRead.increment(records);
    }

    void routerRead(int events) {
        routerRead.increment(events);
    }

    void routerWritten() {
        routerWritten.increment();
    }
}
