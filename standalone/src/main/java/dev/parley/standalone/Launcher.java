package dev.parley.standalone;

import dev.parley.embedded.FreePort;
import dev.parley.platform.boot.PlatformService;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
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

    Launcher(Dependencies dependencies) throws IOException {
        for (Service service : Service.values()) {
            ports.put(service, FreePort.find());
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
    }

    ConfigurableApplicationContext start(Service service) {
        return run(
                service.application(),
                service.shortName() + "-service",
                "--server.port=" + port(service),
                "--server.address=127.0.0.1",
                "--spring.cloud.gateway.server.webflux.enabled=false");
    }

    ConfigurableApplicationContext startGateway(Class<?> application, int port) {
        return run(application, "gateway-service", "--server.port=" + port);
    }

    private ConfigurableApplicationContext run(Class<?> application, String name, String... own) {
        List<String> arguments = new ArrayList<>(shared);
        arguments.addAll(List.of(own));
        SpringApplication service = PlatformService.of(application, name);
        service.addInitializers(Launcher::shareEventLoops);
        return service.run(arguments.toArray(String[]::new));
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
