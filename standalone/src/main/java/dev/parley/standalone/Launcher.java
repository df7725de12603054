package dev.parley.standalone;

import dev.parley.embedded.FreePort;
import dev.parley.platform.boot.PlatformService;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.micrometer.metrics.autoconfigure.logging.logback.LogbackMetricsAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.HttpResources;

/**
 * Starts services so that several can share a JVM: each with its own context and port, none with what another one has
 * put on the class path.
 */
final class Launcher {

    private static final int SECRET_BITS = 256;

    private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
    private final List<String> shared = new ArrayList<>();
    private final List<URI> presenceNodes = new ArrayList<>();

    /** @param presenceNodes how many there will be */
    Launcher(Dependencies dependencies, int presenceNodes) throws IOException {
        for (Service service : Service.values()) {
            ports.put(service, FreePort.find());
        }
        this.presenceNodes.add(URI.create(address(port(Service.PRESENCE))));
        for (int i = 1; i < presenceNodes; i++) {
            this.presenceNodes.add(URI.create(address(FreePort.find())));
        }
        ports.forEach((service, port) -> shared.add("--parley.services." + service.shortName() + "=" + address(port)));
        shared.add("--parley.security.jwks-uri=" + address(port(Service.AUTH)) + "/.well-known/jwks.json");
        shared.add("--parley.service-secret=" + new BigInteger(SECRET_BITS, new SecureRandom()).toString(36));
        shared.add("--spring.mongodb.uri=" + dependencies.mongoUri());
        shared.add("--spring.kafka.bootstrap-servers=" + dependencies.kafkaServers());
        shared.add("--spring.main.register-shutdown-hook=false");
        shared.add("--spring.cloud.refresh.enabled=false");
        shared.add("--spring.cloud.compatibility-verifier.enabled=false");
        shared.add("--spring.lifecycle.timeout-per-shutdown-phase=2s");
        shared.add("--parley.presence.drain-window=0");
        shared.add("--parley.auth.presence.nodes=" + presenceAddresses());
    }

    ConfigurableApplicationContext start(Service service) {
        return run(service, settings(port(service)));
    }

    ConfigurableApplicationContext startGateway(Class<?> application, int port) {
        return run(
                application,
                "gateway-service",
                with(
                        "--server.port=" + port,
                        "--parley.gateway.presence-nodes=" + presenceAddresses(),
                        // There is no other gateway to fall upon.
                        "--parley.gateway.sockets.drain-window=0"));
    }

    private String presenceAddresses() {
        return String.join(",", presenceNodes.stream().map(URI::toString).toList());
    }

    /** Where the presence nodes are, in the order of their numbers. */
    List<URI> presenceNodes() {
        return List.copyOf(presenceNodes);
    }

    /** For {@link #run(Service, List)}, in this process or another. There are secrets among them. */
    List<String> settings(int port) {
        return with(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                // All log into one context: each that counts what is logged there slows the log for all.
                "--spring.autoconfigure.exclude=" + LogbackMetricsAutoConfiguration.class.getName(),
                "--spring.cloud.gateway.server.webflux.enabled=false");
    }

    private List<String> with(String... own) {
        List<String> settings = new ArrayList<>(shared);
        settings.addAll(List.of(own));
        return settings;
    }

    /** Starts a service in this process. */
    static ConfigurableApplicationContext run(Service service, List<String> settings) {
        return run(service.application(), service.shortName() + "-service", settings);
    }

    private static ConfigurableApplicationContext run(Class<?> application, String name, List<String> settings) {
        SpringApplication service = PlatformService.of(application, name);
        service.addInitializers(Launcher::shareEventLoops);
        return service.run(settings.toArray(String[]::new));
    }

    /** The event loops are everybody's: a service that stops must not stop them. */
    private static void shareEventLoops(ConfigurableApplicationContext context) {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResources(HttpResources.get());
        resources.setConnectionProvider(HttpResources.get());
        context.getBeanFactory().registerSingleton("reactorResourceFactory", resources);
    }

    private int port(Service service) {
        return ports.getOrDefault(service, 0);
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port;
    }
}
