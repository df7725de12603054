package dev.parley.standalone.chaos;

import java.time.Duration;

/**
 * How long an answer may take, and when there may be none: while what the client is connected to is away itself. Safe for
 * any thread.
 */
final class Patience {

    /** What the platform promises for a socket. */
    static final Duration SOCKET = Duration.ofSeconds(5);

    /** What the platform promises for REST. */
    static final Duration REST = Duration.ofSeconds(6);

    /** For a machine on which everything, the clients too, runs at once. A bound on waiting, no measure of speed. */
    static final Duration MARGIN = Duration.ofSeconds(4);

    /** A broken connection may be noticed with the next request on it, which comes a little later. */
    private static final long NOTICED_NANOS = Duration.ofSeconds(20).toNanos();

    private static final long NEVER = Long.MIN_VALUE;

    /** Until when, by {@link System#nanoTime()}; {@link Long#MAX_VALUE} while it is away. */
    private volatile long restAwayUntil = NEVER;

    private volatile long socketsAwayUntil = NEVER;

    /** @param part of the platform, which is away from now on */
    void away(String part) {
        restAwayUntil = part.equals(SeparatePlatform.GATEWAY) ? Long.MAX_VALUE : restAwayUntil;
        socketsAwayUntil = holdsSockets(part) ? Long.MAX_VALUE : socketsAwayUntil;
    }

    void back() {
        restAwayUntil = ended(restAwayUntil);
        socketsAwayUntil = ended(socketsAwayUntil);
    }

    private static long ended(long until) {
        return until == Long.MAX_VALUE ? System.nanoTime() : until;
    }

    private static boolean holdsSockets(String part) {
        return part.equals(SeparatePlatform.GATEWAY) || part.equals("presence");
    }

    /** Whether a request that was made then may stay without an answer, because the gateway was away. */
    boolean excusesRest(long since) {
        return wasAway(restAwayUntil, since);
    }

    /** Whether an event that was sent then may stay unacknowledged, because what holds the socket was away. */
    boolean excusesSocket(long since) {
        return wasAway(socketsAwayUntil, since);
    }

    private static boolean wasAway(long until, long since) {
        return until == Long.MAX_VALUE || until != NEVER && until - since + NOTICED_NANOS > 0;
    }
}
