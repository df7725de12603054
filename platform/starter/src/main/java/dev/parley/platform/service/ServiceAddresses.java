package dev.parley.platform.service;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are.
 *
 * @param services the address of each service, by its name
 * @param nodes of a service that runs in several nodes, by its name: the address of each node, or {@code dns://host:port}
 *     for all addresses that a name leads to; nothing where the service's own address leads to its only node
 */
@ConfigurationProperties("parley")
public record ServiceAddresses(
        @DefaultValue Map<String, URI> services,
        @DefaultValue Map<String, List<URI>> nodes) {

    private static final String LOOKED_UP = "dns";

    public ServiceAddresses {
        nodes.forEach((name, addresses) -> addresses.forEach(address -> {
            if (address.getHost() == null || (LOOKED_UP.equals(address.getScheme()) && address.getPort() < 0)) {
                throw new IllegalArgumentException("parley.nodes." + name
                        + " must be addresses such as http://host:8084 or dns://host:8084: " + address);
            }
        }));
    }

    /** @throws IllegalStateException if there is no such service */
    public URI of(String service) {
        URI address = services.get(service);
        if (address == null) {
            throw new IllegalStateException("No address is known of the service '" + service + "': set parley.services."
                    + service + ", or add the service to the registry");
        }
        return address;
    }

    /** Where to call a service any node of which can answer: at least one address. */
    public List<URI> nodesOf(String service) {
        List<URI> listed = nodes.getOrDefault(service, List.of());
        return listed.isEmpty()
                ? List.of(of(service))
                : listed.stream().map(ServiceAddresses::callable).toList();
    }

    /** Whether a node's address is a name behind which there may be several nodes. */
    public static boolean isLookedUp(URI node) {
        return LOOKED_UP.equals(node.getScheme());
    }

    private static URI callable(URI node) {
        return isLookedUp(node) ? URI.create("http://" + node.getRawAuthority()) : node;
    }
}
