package dev.parley.gateway.node;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * One node of a service. After it failed to open a session it gets no further ones for a while, as long as another node
 * takes them; then one session tries it again. So a node that lets callers wait costs few of them their time.
 */
final class Node {

    private static final int TAG_LENGTH = 6;
    private static final long NOT_PAUSED = 0;

    private final URI address;
    private final String tag;
    private final CircuitBreaker openingBreaker;
    private final CircuitBreaker callBreaker;
    private final GatewayFilter openings;
    private final GatewayFilter calls;
    private final long pauseNanos;
    private final AtomicLong pausedUntil = new AtomicLong(NOT_PAUSED);

    /**
     * @param openingBreaker guards the opening of sessions
     * @param callBreaker guards all other requests: what a node answers to them says nothing about its sockets
     * @param pause how long a node that failed to open a session gets no further ones
     */
    Node(
            URI address,
            CircuitBreaker openingBreaker,
            GatewayFilter openings,
            CircuitBreaker callBreaker,
            GatewayFilter calls,
            Duration pause) {
        this.address = address;
        this.tag = tagOf(address);
        this.openingBreaker = openingBreaker;
        this.openings = openings;
        this.callBreaker = callBreaker;
        this.calls = calls;
        this.pauseNanos = pause.toNanos();
        openingBreaker
                .getEventPublisher()
                .onSuccess(opened -> pausedUntil.set(NOT_PAUSED))
                .onError(failed -> pause());
    }

    /** Follows from the address alone, so that all gateways agree on it and no node need know its own. */
    static String tagOf(URI address) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(address.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(hash).substring(0, TAG_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    URI address() {
        return address;
    }

    /** What the ids of its sessions begin with; 6 characters that are safe in a URL. */
    String tag() {
        return tag;
    }

    List<CircuitBreaker> breakers() {
        return List.of(openingBreaker, callBreaker);
    }

    /** Lets requests through while the node answers such, and else fails at once. */
    GatewayFilter guard(boolean opens) {
        return opens ? openings : calls;
    }

    /** Whether to open a session here. True once after each pause: whoever is told so tries the node. */
    boolean takesSession() {
        long until = pausedUntil.get();
        return until == NOT_PAUSED
                || (System.nanoTime() - until >= 0 && pausedUntil.compareAndSet(until, endOfPause()));
    }

    private void pause() {
        pausedUntil.set(endOfPause());
    }

    /** Odd, hence never {@link #NOT_PAUSED}. */
    private long endOfPause() {
        return (System.nanoTime() + pauseNanos) | 1;
    }
}
