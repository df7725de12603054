package dev.parley.gateway.node;

import dev.parley.gateway.upstream.CircuitBreakers;
import dev.parley.gateway.upstream.UpstreamSettings;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.service.ServiceAddresses;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Knows the nodes of every service of which several are listed, and looks those up again that have a name in DNS. */
@Component
public final class NodeDirectory implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(NodeDirectory.class);

    private final ServiceAddresses addresses;
    private final NodeSettings settings;
    private final UpstreamSettings upstream;
    private final CircuitBreakers breakers;
    private final OpenSockets sockets;
    private final HostLookup lookup;
    private final Map<String, ServiceNodes> services = new TreeMap<>();
    private volatile Disposable.@Nullable Composite lookups;

    NodeDirectory(
            ServiceRegistry registry,
            ServiceAddresses addresses,
            NodeSettings settings,
            UpstreamSettings upstream,
            CircuitBreakers breakers,
            OpenSockets sockets,
            HostLookup lookup,
            MeterRegistry meters) {
        this.addresses = addresses;
        this.settings = settings;
        this.upstream = upstream;
        this.breakers = breakers;
        this.sockets = sockets;
        this.lookup = lookup;
        registry.registry().forEach((name, entry) -> {
            if (entry.severalNodes()
                    || !addresses.nodes().getOrDefault(name, List.of()).isEmpty()) {
                ServiceNodes nodes = nodesOf(name);
                services.put(name, nodes);
                Gauge.builder("parley.gateway.nodes", nodes, ServiceNodes::size)
                        .description("Nodes of a service that the gateway knows")
                        .tag("service", name)
                        .register(meters);
            }
        });
    }

    private ServiceNodes nodesOf(String service) {
        List<URI> listed = listed(service);
        boolean named = listed.size() > 1 || isLookedUp(listed);
        ServiceNodes nodes = new ServiceNodes(
                service,
                upstream.handshakeTimeout(),
                settings.linger(),
                address -> node(service, named ? "@" + address.getAuthority() : "", address),
                this::forget);
        if (!isLookedUp(listed)) {
            nodes.update(listed);
        }
        return nodes;
    }

    private Node node(String service, String suffix, URI address) {
        CircuitBreaker openings = breakers.breaker(service + suffix);
        CircuitBreaker calls = breakers.breaker(service + "-calls" + suffix);
        return new Node(
                address,
                openings,
                breakers.guard(service, openings),
                calls,
                breakers.guard(service, calls),
                upstream.breakerOpen());
    }

    private void forget(Node node) {
        node.breakers().forEach(breakers::forget);
        sockets.forget(node.address().getAuthority());
    }

    /** Whether a service runs in several nodes. */
    public boolean has(String service) {
        return services.containsKey(service);
    }

    /** @throws IllegalArgumentException if the service does not run in several nodes */
    public ServiceNodes of(String service) {
        ServiceNodes nodes = services.get(service);
        if (nodes == null) {
            throw new IllegalArgumentException(service + " does not run in several nodes");
        }
        return nodes;
    }

    private List<URI> listed(String service) {
        List<URI> listed = addresses.nodes().getOrDefault(service, List.of());
        return listed.isEmpty() ? List.of(addresses.of(service)) : listed;
    }

    private static boolean isLookedUp(List<URI> listed) {
        return listed.stream().anyMatch(ServiceAddresses::isLookedUp);
    }

    @Override
    public void start() {
        Disposable.Composite running = Disposables.composite();
        services.forEach((name, nodes) -> {
            List<URI> listed = listed(name);
            if (isLookedUp(listed)) {
                running.add(Mono.defer(() -> refresh(nodes, listed))
                        .then(Mono.defer(() -> Mono.delay(nodes.size() == 0 ? settings.retry() : settings.refresh())))
                        .repeat()
                        .subscribe());
            }
        });
        lookups = running;
    }

    /** A name that cannot be looked up changes nothing: the nodes are probably where they were. */
    private Mono<Void> refresh(ServiceNodes nodes, List<URI> listed) {
        return Flux.fromIterable(listed)
                .concatMap(this::addressesOf)
                .collect(LinkedHashSet<URI>::new, Set::add)
                .doOnNext(found -> {
                    List<URI> before = nodes.addresses();
                    nodes.update(found);
                    if (!before.equals(nodes.addresses())) {
                        log.info("Nodes of {}: {}", nodes.service(), nodes.addresses());
                    }
                })
                .doOnError(
                        failure -> log.warn("Nodes of {} were not looked up: {}", nodes.service(), failure.toString()))
                .onErrorComplete()
                .then();
    }

    private Flux<URI> addressesOf(URI node) {
        if (!ServiceAddresses.isLookedUp(node)) {
            return Flux.just(node);
        }
        return lookup.addressesOf(node.getHost())
                .filter(found -> !found.isEmpty())
                .switchIfEmpty(Mono.error(() -> new UnknownHostException(node.getHost())))
                .flatMapIterable(found -> found)
                .map(address -> URI.create("http://" + literal(address) + ":" + node.getPort()));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text + "]" : text;
    }

    @Override
    public void stop() {
        Disposable running = lookups;
        if (running != null) {
            running.dispose();
        }
        lookups = null;
    }

    @Override
    public boolean isRunning() {
        return lookups != null;
    }
}
