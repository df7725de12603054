package dev.parley.presence.online;

import dev.parley.presence.PresenceSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Stores now and then that those who are here were seen: nobody else could say it if all nodes died at once. */
@Component
final class Sightings implements DisposableBean {

    private final Disposable looking;

    Sightings(Devices devices, PresenceSettings settings) {
        Duration interval = settings.lastSeenInterval();
        looking = interval.isZero()
                ? Disposables.disposed()
                : Schedulers.parallel()
                        .schedulePeriodically(
                                devices::noteSeen, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void destroy() {
        looking.dispose();
    }
}
