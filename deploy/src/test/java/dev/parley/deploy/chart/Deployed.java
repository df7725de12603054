package dev.parley.deploy.chart;

import dev.parley.platform.registry.ServiceRegistry;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What there is to deploy: the services of the registry and the gateway before them. */
final class Deployed {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final int GATEWAY_PORT = 8080;

    private Deployed() {}

    /** The services' names, sorted, and the port that each listens at. */
    static Map<String, Integer> ports() {
        Map<String, Integer> ports = new TreeMap<>();
        ServiceRegistry.load().registry().forEach((service, entry) -> ports.put(service, entry.port()));
        ports.put("gateway", GATEWAY_PORT);
        return Collections.unmodifiableMap(ports);
    }
}
