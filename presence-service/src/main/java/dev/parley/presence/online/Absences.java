package dev.parley.presence.online;

import dev.parley.presence.PresenceSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Looks now and then for users who have turned away from all their devices here. */
@Component
final class Absences implements DisposableBean {

    private static final int LOOKS_IN_THE_TIME = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final Disposable looking;

    Absences(Devices devices, PresenceSettings settings) {
        Duration awayAfter = settings.awayAfter();
        long pause = pause(awayAfter).toNanos();
        looking = awayAfter.isZero()
                ? Disposables.disposed()
                : Schedulers.parallel()
                        .schedulePeriodically(() -> devices.turnAway(awayAfter), pause, pause, TimeUnit.NANOSECONDS);
    }

    private static Duration pause(Duration awayAfter) {
        Duration pause = awayAfter.dividedBy(LOOKS_IN_THE_TIME);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    @Override
    public void destroy() {
        looking.dispose();
    }
}
