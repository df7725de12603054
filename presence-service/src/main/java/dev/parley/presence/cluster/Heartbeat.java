package dev.parley.presence.cluster;

import dev.parley.presence.ClusterSettings;
import dev.parley.presence.PresenceSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.DependsOn;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Publishes that this node is alive, until it stops. At the start it first waits until the other nodes have sent their users:
 * no client connects before this node knows who is online.
 */
@Component
@DependsOn("eventConsumers")
final class Heartbeat implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

    private final NodePublisher publisher;
    private final BootstrapBarrier bootstrap;
    private final ClusterSettings settings;
    private @Nullable Disposable heartbeats;

    Heartbeat(NodePublisher publisher, BootstrapBarrier bootstrap, PresenceSettings settings) {
        this.publisher = publisher;
        this.bootstrap = bootstrap;
        this.settings = settings.nodes();
    }

    @Override
    public void start() {
        bootstrap.reset();
        publisher.requestSnapshots();
        // Not a Flux, which would end with the first failure: a silent node loses its lease, and all its users go
        // offline.
        heartbeats = Schedulers.parallel()
                .schedulePeriodically(
                        publisher::publishHeartbeat, 0, settings.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
        try {
            if (!bootstrap.awaitSnapshots(settings.heartbeat().dividedBy(2), settings.startWait())) {
                log.warn("Starting before all other nodes have sent their users: some may look offline at first");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting", stopped);
        }
    }

    @Override
    public void stop() {
        Disposable running = heartbeats;
        if (running == null) {
            return;
        }
        running.dispose();
        heartbeats = null;
        try {
            publisher.publishStopped().block(STOP_TIMEOUT);
        } catch (RuntimeException failure) {
            log.warn("Could not tell the other nodes that this one stops: {}", failure.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return heartbeats != null;
    }

    /** Starts after the event consumers and before the web server; stops in the opposite order. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
