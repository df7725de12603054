package dev.parley.gateway.node;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.cloud.gateway.filter.GatewayFilter;

/**
 * One presence-service. After an opening that failed it rests: others pass it by, as long as another node takes them, but for
 * one at a time that tries it again. So a node that lets callers wait costs few of them their time.
 */
final class PresenceNode {

    private static final int TAG_LENGTH = 6;
    private static final long AWAKE = 0;

    private final URI address;
    private final String tag;
    private final GatewayFilter openings;
    private final GatewayFilter calls;
    private final long restNanos;
    private final AtomicLong restsUntil = new AtomicLong(AWAKE);

    /**
     * @param breaker told of every session that is opened here, or is not
     * @param openings reports to the breaker
     * @param calls reports to another one: what a node answers at other paths says nothing of its sockets
     */
    PresenceNode(URI address, CircuitBreaker breaker, GatewayFilter openings, GatewayFilter calls, Duration rest) {
        this.address = address;
        this.tag = tagOf(address);
        this.openings = openings;
        this.calls = calls;
        this.restNanos = rest.toNanos();
        breaker.getEventPublisher().onSuccess(answered -> restsUntil.set(AWAKE)).onError(failed -> rest());
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

    /** Lets openings or other calls through while the node answers such, else fails at once. */
    GatewayFilter guard(boolean opens) {
        return opens ? openings : calls;
    }

    /** Whether to open a session here. True once for each rest that is over: who is told so tries the node. */
    boolean takesOpening() {
        long until = restsUntil.get();
        return until == AWAKE || (System.nanoTime() - until >= 0 && restsUntil.compareAndSet(until, afterRest()));
    }

    private void rest() {
        restsUntil.set(afterRest());
    }

    /** Odd, hence never {@link #AWAKE}. */
    private long afterRest() {
        return (System.nanoTime() + restNanos) | 1;
    }
}
