package dev.parley.gateway.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Counts the WebSockets that are open through this gateway, by node. */
@Component
public final class OpenSockets {

    private record Count(AtomicInteger open, Gauge gauge) {}

    private final MeterRegistry meters;
    private final Map<String, Count> nodes = new HashMap<>();

    OpenSockets(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param node host and port of the node */
    public synchronized void opened(String node) {
        nodes.computeIfAbsent(node, this::count).open().incrementAndGet();
    }

    public synchronized void closed(String node) {
        Count count = nodes.get(node);
        if (count != null) {
            count.open().decrementAndGet();
        }
    }

    public synchronized boolean areNone() {
        return nodes.values().stream().allMatch(count -> count.open().get() == 0);
    }

    /** The node is gone for good, and its sockets with it. */
    synchronized void forget(String node) {
        Count count = nodes.remove(node);
        if (count != null) {
            meters.remove(count.gauge());
        }
    }

    private Count count(String node) {
        AtomicInteger open = new AtomicInteger();
        return new Count(
                open,
                Gauge.builder("parley.gateway.sockets", open, AtomicInteger::get)
                        .description("WebSockets that are open through this gateway")
                        .tag("node", node)
                        .register(meters));
    }
}
