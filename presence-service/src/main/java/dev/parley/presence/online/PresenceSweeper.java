package dev.parley.presence.online;

import dev.parley.presence.PresenceSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Regularly marks users whose devices are idle as away, and stores that the users of this node were seen: that would be
 * lost if all nodes died at once.
 */
@Component
final class PresenceSweeper implements DisposableBean {

    private static final int SWEEPS_PER_AWAY_TIME = 20;
    private static final Duration MAX_PAUSE = Duration.ofSeconds(15);

    private final Disposable sweeps;

    PresenceSweeper(LocalPresence users, PresenceSettings settings) {
        Duration awayAfter = settings.awayAfter();
        sweeps = Disposables.composite(
                every(pause(awayAfter), () -> users.markIdleAway(awayAfter)),
                every(settings.lastSeenInterval(), users::recordAllSeen));
    }

    private static Duration pause(Duration awayAfter) {
        Duration pause = awayAfter.dividedBy(SWEEPS_PER_AWAY_TIME);
        return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }

    /** Never runs if the interval is zero. */
    private static Disposable every(Duration interval, Runnable sweep) {
        return interval.isZero()
                ? Disposables.disposed()
                : Schedulers.parallel()
                        .schedulePeriodically(sweep, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void destroy() {
        sweeps.dispose();
    }
}
