package dev.parley.standalone.service;

import dev.parley.platform.boot.StartupException;
import dev.parley.standalone.backing.DataFolder;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import dev.parley.standalone.lifecycle.StartupProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
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

/** Starts all services behind the gateway together, and stops them together. */
public final class PlatformServices {

    private final ServiceLauncher launcher;
    private final NodeOptions options;
    private final DataFolder data;
    private final ShutdownSequence shutdown;
    private final StartupProgress progress;
    private final List<AutoCloseable> services = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> nodeProcesses = new CopyOnWriteArrayList<>();

    public PlatformServices(
            ServiceLauncher launcher,
            NodeOptions options,
            DataFolder data,
            ShutdownSequence shutdown,
            StartupProgress progress) {
        this.launcher = launcher;
        this.options = options;
        this.data = data;
        this.shutdown = shutdown;
        this.progress = progress;
    }

    /** Returns when every service is ready. One that the platform can do without may fail to start. */
    public void start() {
        shutdown.add("services", () -> inParallel(services, PlatformServices::close));
        // Before the services that they report to until their end.
        shutdown.add("nodes", () -> inParallel(nodeProcesses, PlatformServices::close));
        List<Runnable> starts = new ArrayList<>();
        launcher.nodes().forEach((service, addresses) -> {
            if (addresses.size() == 1) {
                starts.add(() -> startHere(service, addresses.get(0)));
                return;
            }
            for (int i = 0; i < addresses.size(); i++) {
                int number = i + 1;
                URI address = addresses.get(i);
                starts.add(() -> nodeProcesses.add(startProcess(service, number, address)));
            }
        });
        inParallel(starts, Runnable::run);
    }

    private void startHere(String service, URI address) {
        try {
            services.add(launcher.start(service, address));
            progress.started(service);
        } catch (RuntimeException failure) {
            if (launcher.entry(service).required()) {
                throw failure;
            }
            progress.say("  " + service + " did not start, and the platform goes on without it: " + failure);
        }
    }

    private NodeProcess startProcess(String service, int number, URI address) {
        launcher.awaitBacking();
        Path log = data.nodeLog(service, number);
        NodeProcess.Description node = new NodeProcess.Description(
                service,
                number,
                address,
                launcher.entry(service).health(),
                launcher.settings(service, address.getPort()),
                log);
        try {
            return NodeProcess.start(node, options, shutdown, progress);
        } catch (IOException | IllegalStateException failure) {
            throw new StartupException(node.name() + " did not start, see " + log + ": " + lastLine(log, failure));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stopped);
        }
    }

    /** A node that cannot start says why before it ends. */
    private static String lastLine(Path log, Exception failure) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .orElseGet(failure::getMessage);
        } catch (IOException | UncheckedIOException unreadable) {
            return String.valueOf(failure.getMessage());
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
