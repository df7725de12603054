package dev.parley.gateway.node;

import dev.parley.gateway.upstream.UpstreamSettings;
import dev.parley.gateway.upstream.Upstreams;
import dev.parley.platform.service.ServiceAddresses;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.stereotype.Component;

/** The nodes that hold the sockets, and whose turn it is. */
@Component
public final class PresenceNodes {

    private static final String SERVICE = "presence";

    private final UpstreamSettings settings;
    private final List<PresenceNode> nodes = new ArrayList<>();
    private final Map<String, PresenceNode> byTag = new LinkedHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    PresenceNodes(NodeSettings nodes, ServiceAddresses services, Upstreams upstreams, UpstreamSettings settings) {
        this.settings = settings;
        List<URI> addresses =
                nodes.presenceNodes().isEmpty() ? List.of(services.of("presence")) : nodes.presenceNodes();
        for (URI address : addresses) {
            String node = addresses.size() == 1 ? "" : "@" + address.getAuthority();
            CircuitBreaker openings = upstreams.breaker(SERVICE + node);
            CircuitBreaker calls = upstreams.breaker(SERVICE + "-calls" + node);
            add(new PresenceNode(
                    address,
                    openings,
                    upstreams.guard(SERVICE, openings),
                    upstreams.guard(SERVICE, calls),
                    settings.breakerOpen()));
        }
    }

    private void add(PresenceNode node) {
        if (node.address().getHost() == null) {
            throw new IllegalArgumentException("Not the address of a presence node: " + node.address());
        }
        PresenceNode other = byTag.putIfAbsent(node.tag(), node);
        if (other != null) {
            throw new IllegalArgumentException(
                    "Presence nodes cannot be told apart: " + other.address() + " and " + node.address());
        }
        nodes.add(node);
    }

    /** In the order of the configuration; at least one. */
    public List<URI> addresses() {
        return nodes.stream().map(PresenceNode::address).toList();
    }

    /** Takes requests of sockets to the node that holds their session; one that opens a session to a node that answers. */
    public GatewayFilter sockets() {
        return new SocketRouting(this, settings.handshakeTimeout());
    }

    /** Takes requests to any node that answers. */
    public GatewayFilter calls() {
        return new AnyNode(this);
    }

    /** The node that holds a session; null if no node of this configuration does. */
    @Nullable PresenceNode holding(String sessionId) {
        int end = sessionId.indexOf('.');
        return end < 0 ? null : byTag.get(sessionId.substring(0, end));
    }

    /** The next in turn, for an opening one that rests only if all others were tried; null if all were. */
    @Nullable PresenceNode next(Set<PresenceNode> tried, boolean opens) {
        int first = Math.floorMod(turn.getAndIncrement(), nodes.size());
        PresenceNode resting = null;
        for (int i = 0; i < nodes.size(); i++) {
            PresenceNode node = nodes.get((first + i) % nodes.size());
            if (tried.contains(node)) {
                continue;
            }
            if (!opens || node.takesOpening()) {
                return node;
            }
            resting = resting == null ? node : resting;
        }
        return resting;
    }
}
