package dev.parley.standalone.service;

import dev.parley.embedded.FreePort;
import dev.parley.platform.boot.PlatformService;
import dev.parley.platform.registry.ServiceEntry;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.standalone.backing.BackingServices;
import dev.parley.standalone.backing.GeneratedKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.ClassUtils;
import reactor.netty.http.HttpResources;

/**
 * Starts services so that several can share a JVM: each with a context and a port of its own, and without what another
 * service has put on the class path.
 */
public final class ServiceLauncher {

    private static final int SECRET_BITS = 256;

    /** The service that signs tokens. */
    private static final String AUTH = "auth";

    /** The service that push services know. */
    private static final String NOTIFICATION = "notification";

    /** Services may bring a file {@code <name>-service-standalone.yml} with settings for this case. */
    private static final String PROFILE = "standalone";

    private final ServiceRegistry registry;
    private final Map<String, List<URI>> nodes = new TreeMap<>();
    private final List<String> shared = new ArrayList<>();
    private final GeneratedKeys keys;
    private final @Nullable Path folder;
    private final CompletableFuture<Void> backingStarted;

    /** @param more settings for every service, beside those that the launcher knows itself */
    public ServiceLauncher(
            ServiceRegistry registry,
            BackingServices backing,
            GeneratedKeys keys,
            NodeOptions options,
            List<String> more)
            throws IOException {
        this.registry = registry;
        this.keys = keys;
        this.folder = backing.folder();
        this.backingStarted = backing.started();
        for (Map.Entry<String, ServiceEntry> service : registry.registry().entrySet()) {
            if (service.getValue().application() != null) {
                nodes.put(service.getKey(), freeAddresses(options.countOf(service.getKey())));
            }
        }
        nodes.forEach((service, addresses) -> {
            shared.add("--parley.services." + service + "=" + addresses.get(0));
            if (addresses.size() > 1) {
                shared.add("--parley.nodes." + service + "="
                        + String.join(",", addresses.stream().map(URI::toString).toList()));
            }
        });
        shared.add("--parley.service-secret=" + new BigInteger(SECRET_BITS, new SecureRandom()).toString(36));
        shared.add("--spring.profiles.active=" + PROFILE);
        shared.addAll(backing.settings());
        shared.add("--spring.main.register-shutdown-hook=false");
        shared.add("--spring.cloud.refresh.enabled=false");
        shared.add("--spring.cloud.compatibility-verifier.enabled=false");
        shared.add("--spring.lifecycle.timeout-per-shutdown-phase=2s");
        shared.addAll(more);
    }

    private static List<URI> freeAddresses(int count) throws IOException {
        List<URI> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(URI.create("http://127.0.0.1:" + FreePort.find()));
        }
        return addresses;
    }

    /** Where the nodes of each service that this process starts are, in the order of their numbers; one or more each. */
    Map<String, List<URI>> nodes() {
        return nodes;
    }

    ServiceEntry entry(String service) {
        ServiceEntry entry = registry.registry().get(service);
        if (entry == null) {
            throw new IllegalArgumentException("There is no service " + service);
        }
        return entry;
    }

    /** Starts the gateway beside the services. Its public port opens once they have started. */
    public ConfigurableApplicationContext startGateway(Class<?> application, int port, CompletableFuture<?> services) {
        return run(application, "gateway", with("--server.port=" + port), context -> context.getBeanFactory()
                .registerSingleton("portOpening", new PortOpening(services)));
    }

    /** For {@link #run(ServiceEntry, String, List)}, in this process or another. There are secrets among them. */
    List<String> settings(String service, int port) {
        List<String> settings = with(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                // All log into one context: each that counts what is logged there slows the log for all.
                "--spring.autoconfigure.exclude=" + LogbackMetricsAutoConfiguration.class.getName(),
                "--spring.cloud.gateway.server.webflux.enabled=false");
        if (folder != null) {
            settings.add("--parley.disk.folder=" + folder);
        }
        settings.addAll(service.equals(AUTH) ? keys.ofAuth() : keys.ofContents());
        if (service.equals(NOTIFICATION)) {
            settings.addAll(keys.ofNotification());
        }
        settings.addAll(keys.ofFiles());
        return settings;
    }

    private List<String> with(String... own) {
        List<String> settings = new ArrayList<>(shared);
        settings.addAll(List.of(own));
        return settings;
    }

    /**
     * Starts a service in this process. It makes its beans while the store and the broker start, and then waits for them
     * before anything uses them.
     */
    ConfigurableApplicationContext start(String service, URI address) {
        List<String> settings = settings(service, address.getPort());
        settings.add("--spring.kafka.consumer.properties.group.instance.id=" + service);
        return run(applicationOf(entry(service), service), service, settings, context -> ((GenericApplicationContext)
                        context)
                .registerBean("backingServices", BackingGate.class, () -> new BackingGate(backingStarted)));
    }

    /** Returns when the store and the broker can be used. */
    void awaitBacking() {
        backingStarted.join();
    }

    /** Starts a service in this process. The store and the broker have started. */
    static ConfigurableApplicationContext run(ServiceEntry entry, String name, List<String> settings) {
        return run(applicationOf(entry, name), name, settings, context -> {});
    }

    private static Class<?> applicationOf(ServiceEntry entry, String name) {
        String application = String.valueOf(entry.application());
        try {
            return ClassUtils.forName(application, null);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "parley.registry." + name + ".application is not on the class path: " + application, missing);
        }
    }

    private static ConfigurableApplicationContext run(
            Class<?> application,
            String name,
            List<String> settings,
            ApplicationContextInitializer<ConfigurableApplicationContext> more) {
        SpringApplication service = PlatformService.of(application, PlatformService.configurationName(name));
        service.addInitializers(ServiceLauncher::shareEventLoops, more);
        return PlatformService.start(service, settings.toArray(String[]::new));
    }

    /** All services use the same event loops: a service that stops must not stop them. */
    private static void shareEventLoops(ConfigurableApplicationContext context) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResources(HttpResources.get());
        resources.setConnectionProvider(HttpResources.get());
        context.getBeanFactory().registerSingleton("reactorResourceFactory", resources);
    }
}
