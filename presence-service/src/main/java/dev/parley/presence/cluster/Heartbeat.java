package dev.parley.presence.cluster;

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
 * Says that this node is there, until it stops. Clients are let in when the other nodes have told who is online: the first
 * to connect is to know of all.
 */
@Component
@DependsOn("eventConsumers")
final class Heartbeat implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final NodePublisher messages;
    private final BootstrapBarrier introduction;
    private final NodeSettings settings;
    private @Nullable Disposable beating;

    Heartbeat(NodePublisher messages, BootstrapBarrier introduction, PresenceSettings settings) {
        this.messages = messages;
        this.introduction = introduction;
        this.settings = settings.nodes();
    }

    @Override
    public void start() {
        introduction.begin();
        messages.askEverybody();
        // A beat that fails is not the last, as it would be of a Flux: a node that is silent is given up with all its
        // users.
        beating = Schedulers.parallel()
                .schedulePeriodically(messages::alive, 0, settings.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
        try {
            if (!introduction.await(settings.heartbeat().dividedBy(2), settings.startWait())) {
                log.warn("Not all other nodes have told who is online there: it may be known later");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while starting", stopped);
        }
    }

    @Override
    public void stop() {
        Disposable beats = beating;
        if (beats == null) {
            return;
        }
        beats.dispose();
        beating = null;
        try {
            messages.left().block(LAST_WORDS);
        } catch (RuntimeException failure) {
            log.warn("The other nodes were not told that this one stops: {}", failure.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return beating != null;
    }

    /** After the readers of events, before the web server; the other way round at the end. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
