package dev.parley.standalone.service;

import java.util.concurrent.CompletableFuture;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The last step before a context opens its port: waits until what stands behind it has started. */
final class PortOpening implements SmartLifecycle {

    private final CompletableFuture<?> awaited;
    private volatile boolean running;

    PortOpening(CompletableFuture<?> awaited) {
        this.awaited = awaited;
    }

    @Override
    public void start() {
        awaited.join();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
