package dev.parley.standalone;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All services behind the gateway, started together and stopped together. */
final class Services {

    private Services() {}

    /** Returns when every service is ready. */
    static void start(Launcher launcher, Stopping stopping, Progress progress) {
        List<AutoCloseable> running = new CopyOnWriteArrayList<>();
        stopping.later("services", () -> inParallel(running, Services::close));
        inParallel(List.of(Service.values()), service -> {
            running.add(launcher.start(service));
            progress.started(service.shortName());
        });
    }

    private static void close(AutoCloseable service) {
        try {
            service.close();
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }

    private static <T> void inParallel(List<T> items, Consumer<T> action) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, items.size()));
        try {
            Stream<CompletableFuture<Void>> actions =
                    items.stream().map(item -> CompletableFuture.runAsync(() -> action.accept(item), threads));
            CompletableFuture.allOf(actions.toArray(CompletableFuture[]::new)).join();
        } finally {
            threads.shutdown();
        }
    }
}
