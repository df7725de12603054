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
 * Looks now and then at those who are here: who has turned away from all devices, and that they were seen, which nobody else
 * could say if all nodes died at once.
 */
@Component
final class Rounds implements DisposableBean {

    private static final int LOOKS_IN_THE_TIME = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Disposable looking;

    Rounds(Devices devices, PresenceSettings settings) {
        Duration awayAfter = settings.awayAfter();
        looking = Disposables.composite(
                every(pause(awayAfter), () -> devices.turnAway(awayAfter)),
                every(settings.lastSeenInterval(), devices::noteSeen));
    }

    private static Duration pause(Duration awayAfter) {
        Duration pause = awayAfter.dividedBy(LOOKS_IN_THE_TIME);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Zero is never. */
    private static Disposable every(Duration interval, Runnable look) {
        return interval.isZero()
                ? Disposables.disposed()
                : Schedulers.parallel()
                        .schedulePeriodically(look, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void destroy() {
        looking.dispose();
    }
}
