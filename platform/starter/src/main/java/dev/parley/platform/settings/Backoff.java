package dev.parley.platform.settings;

import java.time.Duration;

/** How long to wait after a failed try: twice as long after each further one, up to a longest time. */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 20;

    private Backoff() {}

    /**
     * Without jitter.
     *
     * @param tries how many there were; none counts as one
     */
    public static Duration after(int tries, Duration first, Duration longest) {
        Duration delay = first.multipliedBy(1L << Math.min(Math.max(tries - 1, 0), MAX_DOUBLINGS));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
