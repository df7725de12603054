package dev.parley.notification.push;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a push is sent again: ever later, and at random times, so that pushes that failed together do not come back together. */
@Component
final class RetryDelays {

    private static final double LEAST = 0.5;

    private final DeliverySettings settings;
    private final BreakerSettings breaker;

    RetryDelays(DeliverySettings settings, BreakerSettings breaker) {
        this.settings = settings;
        this.breaker = breaker;
    }

    /**
     * @param tries how often it was tried
     * @param asked how long the provider wants it to wait at least; null if it did not say
     */
    Instant afterTry(int tries, @Nullable Duration asked) {
        return Instant.now().plus(longer(jittered(settings.delayAfter(tries)), asked));
    }

    /** About when a provider is looked for again that is away. */
    Instant afterOutage(@Nullable Duration asked) {
        return Instant.now().plus(longer(jittered(breaker.open()), asked));
    }

    /** A provider cannot have itself left alone for ever. */
    Duration atMost(Duration asked) {
        return asked.compareTo(settings.maxAge()) < 0 ? asked : settings.maxAge();
    }

    private Duration longer(Duration own, @Nullable Duration asked) {
        return asked == null || asked.compareTo(own) < 0 ? own : atMost(asked);
    }

    /** From a half of it to all of it. */
    private static Duration jittered(Duration delay) {
        double part = LEAST + (1 - LEAST) * ThreadLocalRandom.current().nextDouble();
        return Duration.ofNanos((long) (delay.toNanos() * part));
    }
}
