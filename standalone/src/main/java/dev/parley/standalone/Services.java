package dev.parley.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
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
    static void start(Launcher launcher, DataFolder data, Stopping stopping, Progress progress) {
        List<AutoCloseable> running = new CopyOnWriteArrayList<>();
        List<AutoCloseable> runningNodes = new CopyOnWriteArrayList<>();
        stopping.later("services", () -> inParallel(running, Services::close));
        // Before the services that they report to until their end.
        stopping.later("presence nodes", () -> inParallel(runningNodes, Services::close));
        List<URI> nodes = launcher.presenceNodes();
        List<Runnable> starts = new ArrayList<>();
        for (Service service : Service.values()) {
            if (service == Service.PRESENCE && nodes.size() > 1) {
                continue;
            }
            starts.add(() -> {
                running.add(launcher.start(service));
                progress.started(service.shortName());
            });
        }
        for (int i = 0; nodes.size() > 1 && i < nodes.size(); i++) {
            int number = i + 1;
            URI address = nodes.get(i);
            starts.add(() -> runningNodes.add(startNode(number, address, launcher, data, stopping, progress)));
        }
        inParallel(starts, Runnable::run);
    }

    private static PresenceProcess startNode(
            int number, URI address, Launcher launcher, DataFolder data, Stopping stopping, Progress progress) {
        Path log = data.presenceLog(number);
        try {
            return PresenceProcess.start(
                    number, address, launcher.settings(address.getPort()), log, stopping, progress);
        } catch (IOException | IllegalStateException failure) {
            throw new CompletionException("Presence node " + number + " did not start: see " + log, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stopped);
        }
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
