package dev.parley.presence.limit;

import dev.parley.platform.limit.TokenBuckets;
import dev.parley.presence.device.ConnectedUser;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;

/** How often each user may send one command. */
public final class CommandLimit {

    private final String event;
    private final Rate rate;
    private final TokenBuckets buckets;
    private final Counter limited;

    CommandLimit(String event, Rate rate, TokenBuckets buckets, Counter limited) {
        this.event = event;
        this.rate = rate;
        this.buckets = buckets;
        this.limited = limited;
    }

    /** Counts a command of a user. Fails, and says how long to wait, if the user sent too many recently. */
    public void take(ConnectedUser user) {
        if (rate.isUnlimited()) {
            return;
        }
        Duration wait = buckets.of(user.key().text() + " " + event, rate.perSecond(), rate.burst())
                .take(System.nanoTime());
        if (!wait.isZero()) {
            limited.increment();
            throw TokenBuckets.refusal("Too many of this event: wait before the next", wait);
        }
    }
}
