package dev.parley.standalone.service;

import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The first of a context's beans that are called once all are made: those behind it create topics and indexes. If the store or
 * the broker does not start, it waits for ever: whoever starts them says why, and ends this process.
 */
final class BackingGate implements SmartInitializingSingleton {

    private final CompletableFuture<Void> open = new CompletableFuture<>();

    BackingGate(CompletableFuture<Void> started) {
        started.thenRun(() -> open.complete(null));
    }

    @Override
    public void afterSingletonsInstantiated() {
        open.join();
    }
}
