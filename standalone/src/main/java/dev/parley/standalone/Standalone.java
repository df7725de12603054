package dev.parley.standalone;

import dev.parley.embedded.FreePort;
import dev.parley.gateway.GatewayServiceApplication;
import dev.parley.platform.boot.StartupException;
import dev.parley.platform.error.Causes;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.standalone.backing.BackingOptions;
import dev.parley.standalone.backing.BackingServices;
import dev.parley.standalone.backing.DataFolder;
import dev.parley.standalone.backing.GeneratedKeys;
import dev.parley.standalone.backing.GivenParts;
import dev.parley.standalone.backup.Backup;
import dev.parley.standalone.backup.BackupRequest;
import dev.parley.standalone.backup.BackupServer;
import dev.parley.standalone.backup.PlatformBackup;
import dev.parley.standalone.backup.Restore;
import dev.parley.standalone.lifecycle.ReadinessProbe;
import dev.parley.standalone.lifecycle.ShutdownSequence;
import dev.parley.standalone.lifecycle.StartupProgress;
import dev.parley.standalone.lifecycle.Supervision;
import dev.parley.standalone.service.PlatformServices;
import dev.parley.standalone.service.ServiceLauncher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.FileSystemUtils;

/** Runs all of Parley in one JVM, to try it out and for small installations. */
public final class Standalone {

    /** How long a stop may take; what still runs then is killed, and the embedded parts lose nothing by that. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private Standalone() {}

    public static void main(String[] args) {
        // The log is configured by logback.xml alone: every context in this JVM would configure it anew.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        // slf4j must not be initialised by several threads at once.
        LoggerFactory.getILoggerFactory();
        try {
            ServiceRegistry registry = ServiceRegistry.load();
            run(Options.of(args, System.getenv(), registry), registry);
        } catch (Exception failure) {
            say(failure);
            System.exit(1);
        }
    }

    private static void say(Exception failure) {
        Optional<Throwable> refusal =
                Causes.of(failure).filter(StartupException.class::isInstance).findFirst();
        if (refusal.isPresent()) {
            System.err.println(refusal.get().getMessage());
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        System.err.println("Parley did not start:");
        cause.printStackTrace();
    }

    private static void run(Options options, ServiceRegistry registry) throws Exception {
        if (options.backup() != null) {
            BackupRequest.send(DataFolder.control(options.data()), options.backup(), System.out::println);
        } else if (options.restore() != null) {
            Restore.run(options.restore(), options.data(), options.withoutSecrets(), System.out::println);
        } else {
            start(options, registry);
        }
    }

    private static void start(Options options, ServiceRegistry registry) throws Exception {
        requireFree(options.port());
        GivenParts.require(options.backing());
        int port = options.port() == 0 ? FreePort.find() : options.port();
        Supervision supervision = new Supervision();
        supervision.begin();
        DataFolder data = DataFolder.lock(options.data());
        data.requireWhole();
        data.requireRoom();
        // What a backup left that was killed: it keeps files that the store has deleted.
        FileSystemUtils.deleteRecursively(data.checkpoint());
        StartupProgress progress = new StartupProgress(System.out);
        ShutdownSequence shutdown = new ShutdownSequence();
        shutdown.add("data folder", data);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown.stopAll(STOP_LIMIT), "shutdown"));

        progress.say("Starting Parley");
        BackingServices backing = BackingServices.start(options.backing(), data, shutdown, progress);
        ServiceLauncher launcher = new ServiceLauncher(
                registry,
                backing,
                new GeneratedKeys(data.secrets(), new StandardEnvironment()),
                options.nodes(),
                settings(options, port, data));
        PlatformServices services = new PlatformServices(launcher, options.nodes(), data, shutdown, progress);
        CompletableFuture<Void> behind = CompletableFuture.runAsync(services::start);
        CompletableFuture<Void> gateway = CompletableFuture.runAsync(
                () -> shutdown.add("gateway", launcher.startGateway(GatewayServiceApplication.class, port, behind)));
        // In this order: what fails first is told, and not what fails for want of it.
        backing.started().join();
        shutdown.add("backups", BackupServer.start(data, backup(options.backing(), backing, data)));
        behind.join();
        gateway.join();
        progress.started("gateway");
        ReadinessProbe.await(port, options.startLimit());
        progress.started("ready");
        supervision.ready();
        if (options.exitWhenReady()) {
            System.exit(0);
        }
        progress.say("""

                Parley is at http://localhost:%d/
                Open it and register a user. Open it again in a private window, register a second user, and let them chat.
                Everything is kept in %s. Ctrl-C stops it.
                """.formatted(port, options.data().toAbsolutePath().normalize()));
    }

    private static Backup backup(BackingOptions options, BackingServices backing, DataFolder data) {
        if (backing.store() == null || options.kafkaServers() != null) {
            return (target, progress) -> {
                throw new StartupException("Parley runs on a MongoDB or a Kafka that is not embedded: back them up by"
                        + " their own tools (see docs/backup.md)");
            };
        }
        return new PlatformBackup(
                data,
                backing.store().join(),
                backing.kafkaServers(),
                backing.kafkaProperties(),
                keepsFiles(new StandardEnvironment()));
    }

    /** Whether media-service keeps files in the data folder. */
    private static boolean keepsFiles(StandardEnvironment environment) {
        ConfigurationPropertySources.attach(environment);
        String type = Binder.get(environment)
                .bind("parley.media.storage.type", String.class)
                .orElse(null);
        return type == null || type.equalsIgnoreCase("folder");
    }

    private static List<String> settings(Options options, int port, DataFolder data) {
        List<String> settings = new ArrayList<>(options.serviceSettings(port));
        settings.add("--parley.media.storage.folder=" + data.files());
        return settings;
    }

    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(port));
        } catch (IOException taken) {
            throw new StartupException("Port " + port + " is in use: choose another with --port");
        }
    }
}
