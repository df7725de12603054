package dev.parley.gateway.readiness;

import dev.parley.gateway.node.NodeDirectory;
import dev.parley.platform.registry.ServiceEntry;
import dev.parley.platform.registry.ServiceRegistry;
import dev.parley.platform.service.ServiceAddresses;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks every service, again and again, whether it is ready. The platform has started once each required service was ready;
 * a later outage does not take that back, as the circuit breakers handle it.
 */
@Component
public final class PlatformReadiness implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PlatformReadiness.class);

    private static final class Watched {

        private final String name;
        private final ServiceEntry entry;
        private final Supplier<List<URI>> addresses;
        private volatile boolean ready;
        private volatile boolean wasReady;

        Watched(String name, ServiceEntry entry, Supplier<List<URI>> addresses) {
            this.name = name;
            this.entry = entry;
            this.addresses = addresses;
        }

        void update(boolean readyNow) {
            if (readyNow && !ready) {
                log.info("{} is ready", name);
            } else if (!readyNow && ready) {
                log.warn("{} is not ready any more", name);
            }
            ready = readyNow;
            wasReady |= readyNow;
        }
    }

    private final WebClient http;
    private final ReadinessSettings settings;
    private final List<Watched> services = new ArrayList<>();
    private volatile @Nullable Disposable watching;

    PlatformReadiness(
            WebClient.Builder http,
            ServiceRegistry registry,
            ServiceAddresses addresses,
            NodeDirectory nodes,
            ReadinessSettings settings,
            MeterRegistry meters) {
        this.http = http.build();
        this.settings = settings;
        registry.registry().forEach((name, entry) -> {
            Supplier<List<URI>> where =
                    nodes.has(name) ? () -> nodes.of(name).addresses() : () -> List.of(addresses.of(name));
            Watched service = new Watched(name, entry, where);
            services.add(service);
            Gauge.builder("parley.gateway.service.ready", service, watched -> watched.ready ? 1 : 0)
                    .description("Whether a service, or one of its nodes, said at the last look that it is ready")
                    .tag("service", name)
                    .register(meters);
        });
    }

    /** Names of the required services that were not ready yet, sorted. */
    public Set<String> awaited() {
        Set<String> names = new TreeSet<>();
        for (Watched service : services) {
            if (service.entry.required() && !service.wasReady) {
                names.add(service.name);
            }
        }
        return names;
    }

    private Mono<Void> watch(Watched service) {
        return Mono.defer(() -> isReady(service))
                .doOnNext(service::update)
                .then(Mono.defer(() -> Mono.delay(service.wasReady ? settings.interval() : settings.startInterval())))
                .repeat()
                .then();
    }

    /** One ready node is enough: clients are let in there. */
    private Mono<Boolean> isReady(Watched service) {
        return Flux.fromIterable(service.addresses.get())
                .flatMap(address -> isReady(address + service.entry.health()))
                .any(ready -> ready);
    }

    private Mono<Boolean> isReady(String address) {
        return http.get()
                .uri(address)
                .retrieve()
                .toBodilessEntity()
                .timeout(settings.timeout())
                .map(ready -> true)
                .onErrorReturn(false);
    }

    @Override
    public void start() {
        watching = Flux.fromIterable(services)
                .flatMap(this::watch, services.size() + 1)
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable current = watching;
        if (current != null) {
            current.dispose();
        }
        watching = null;
    }

    @Override
    public boolean isRunning() {
        return watching != null;
    }
}
