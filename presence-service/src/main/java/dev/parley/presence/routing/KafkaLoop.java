package dev.parley.presence.routing;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** A thread that reads from Kafka for as long as the service runs, and begins again after a failure. */
final class KafkaLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KafkaLoop.class);
    private static final long RETRY_MILLIS = 1_000;
    private static final long STOP_MILLIS = 5_000;

    private final String name;
    private final Consumer<KafkaLoop> reading;
    private volatile boolean running;
    private volatile org.apache.kafka.clients.consumer.@Nullable Consumer<?, ?> consumer;
    private @Nullable Thread thread;

    /** @param reading reads until it fails or the loop does not run any more */
    KafkaLoop(String name, Consumer<KafkaLoop> reading) {
        this.name = name;
        this.reading = reading;
    }

    /** Tells which consumer must be woken when the loop stops. */
    void wakes(org.apache.kafka.clients.consumer.Consumer<?, ?> waiting) {
        consumer = waiting;
    }

    @Override
    public void start() {
        running = true;
        Thread started = new Thread(this::run, name);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void run() {
        while (running) {
            try {
                reading.accept(this);
            } catch (InboxLostException lost) {
                log.warn("{}: {}", name, lost.getMessage());
            } catch (RuntimeException failure) {
                if (running) {
                    log.error("{} failed, it begins again", name, failure);
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        var waiting = consumer;
        if (waiting != null) {
            waiting.wakeup();
        }
        Thread stopping = thread;
        if (stopping != null) {
            try {
                stopping.join(STOP_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server; after it when the service stops. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
