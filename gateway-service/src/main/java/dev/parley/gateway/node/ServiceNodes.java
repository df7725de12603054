package dev.parley.gateway.node;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;

/** The nodes of one service as they are known now, and whose turn it is. */
public final class ServiceNodes {

    /**
     * @param listed those that get new sessions and other requests, in the order in which they became known
     * @param byTag those whose sessions are found, also nodes that went from the list a while ago
     */
    private record Known(List<Node> listed, Map<String, Node> byTag) {}

    private final String service;
    private final Duration openingTimeout;
    private final long lingerNanos;
    private final Function<URI, Node> newNode;
    private final Consumer<Node> forget;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<URI, Node> nodes = new LinkedHashMap<>();

    /** When a node went from the list, by {@link System#nanoTime()}. */
    private final Map<URI, Long> unlistedSince = new HashMap<>();

    private volatile Known known = new Known(List.of(), Map.of());

    /**
     * @param openingTimeout how long a node may take to open a session by polling
     * @param linger how long the sessions of a node are found after it went from the list
     * @param forget told of a node when that time is over
     */
    ServiceNodes(
            String service,
            Duration openingTimeout,
            Duration linger,
            Function<URI, Node> newNode,
            Consumer<Node> forget) {
        this.service = service;
        this.openingTimeout = openingTimeout;
        this.lingerNanos = linger.toNanos();
        this.newNode = newNode;
        this.forget = forget;
    }

    /**
     * Replaces the list of nodes. A node that stays keeps what is known of it.
     *
     * @throws IllegalArgumentException if two nodes have the same tag; then nothing changes
     */
    synchronized void update(Collection<URI> addresses) {
        Map<String, URI> tags = new HashMap<>();
        for (URI address : addresses) {
            URI other = tags.putIfAbsent(Node.tagOf(address), address);
            if (other != null) {
                throw new IllegalArgumentException(
                        "Nodes of " + service + " cannot be told apart: " + other + " and " + address);
            }
        }
        addresses.forEach(address -> nodes.computeIfAbsent(address, newNode));
        long now = System.nanoTime();
        for (URI address : List.copyOf(nodes.keySet())) {
            if (addresses.contains(address)) {
                unlistedSince.remove(address);
            } else if (now - unlistedSince.computeIfAbsent(address, unlisted -> now) >= lingerNanos) {
                unlistedSince.remove(address);
                forget.accept(nodes.remove(address));
            }
        }
        List<Node> listed = new ArrayList<>();
        Map<String, Node> byTag = new HashMap<>();
        nodes.forEach((address, node) -> {
            byTag.putIfAbsent(node.tag(), node);
            if (!unlistedSince.containsKey(address)) {
                byTag.put(node.tag(), node);
                listed.add(node);
            }
        });
        known = new Known(List.copyOf(listed), Map.copyOf(byTag));
    }

    String service() {
        return service;
    }

    /** Of the nodes that get new requests; none before the first lookup of a name has succeeded. */
    public List<URI> addresses() {
        return known.listed().stream().map(Node::address).toList();
    }

    int size() {
        return known.listed().size();
    }

    /** Takes a socket's requests to the node that holds its session; one that opens a session to a node that answers. */
    public GatewayFilter sockets() {
        return new SessionAffinity(this, openingTimeout);
    }

    /** Takes requests to any node that answers. */
    public GatewayFilter calls() {
        return new NodeFailover(this);
    }

    /** The node that holds a session; null if no known node does. */
    @Nullable Node holding(String sessionId) {
        int end = sessionId.indexOf('.');
        return end < 0 ? null : known.byTag().get(sessionId.substring(0, end));
    }

    /** The next node in turn; one that is paused opens a session only if all others were tried. Null if all were tried. */
    @Nullable Node next(Set<Node> tried, boolean opens) {
        List<Node> listed = known.listed();
        int first = listed.isEmpty() ? 0 : Math.floorMod(turn.getAndIncrement(), listed.size());
        Node paused = null;
        for (int i = 0; i < listed.size(); i++) {
            Node node = listed.get((first + i) % listed.size());
            if (tried.contains(node)) {
                continue;
            }
            if (!opens || node.takesSession()) {
                return node;
            }
            paused = paused == null ? node : paused;
        }
        return paused;
    }
}
