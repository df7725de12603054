package dev.parley.presence.routing;

import dev.parley.presence.PresenceSettings;
import dev.parley.presence.online.LocalPresence;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/** Publishes that this node lives, and forgets the interest in users who are gone. */
final class InterestSweeper implements DisposableBean {

    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final CurrentNode current;
    private final InterestPublisher publisher;
    private final InterestRegistry interest;
    private final LocalPresence presence;
    private final Disposable running;

    InterestSweeper(
            CurrentNode current,
            InterestPublisher publisher,
            InterestRegistry interest,
            LocalPresence presence,
            PresenceSettings settings) {
        this.current = current;
        this.publisher = publisher;
        this.interest = interest;
        this.presence = presence;
        this.running = Disposables.composite(
                every(settings.nodes().heartbeat(), this::publishAlive), every(SWEEP, this::forgetGone));
    }

    private static Disposable every(Duration interval, Runnable action) {
        return Schedulers.parallel()
                .schedulePeriodically(action, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publishAlive() {
        NodeRecord node = current.get();
        if (node != null) {
            publisher.alive(node);
        }
    }

    private void forgetGone() {
        interest.forgetUnless(presence::isOnline);
    }

    @Override
    public void destroy() {
        running.dispose();
    }
}
