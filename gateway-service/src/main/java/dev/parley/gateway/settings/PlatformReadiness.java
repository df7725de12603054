package dev.parley.gateway.settings;

import dev.parley.gateway.node.PresenceNodes;
import dev.parley.platform.service.ServiceAddresses;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Waits for every service to be ready once, from the start of the gateway on. Later outages are the circuit breakers' matter. */
@Component
final class PlatformReadiness implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PlatformReadiness.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final WebClient http;
    private final Map<String, List<URI>> services;
    private final Set<String> awaited;
    private volatile @Nullable Disposable polling;

    PlatformReadiness(WebClient.Builder http, ServiceAddresses services, PresenceNodes presence) {
        this.http = http.build();
        this.services = Map.of(
                "auth", List.of(services.of("auth")),
                "conversation", List.of(services.of("conversation")),
                "message", List.of(services.of("message")),
                "presence", presence.addresses());
        this.awaited = new ConcurrentSkipListSet<>(this.services.keySet());
    }

    /** Names of the services that were not ready yet, sorted. */
    Set<String> awaited() {
        return new TreeSet<>(awaited);
    }

    /** Of several nodes of a service one is enough: clients are let in where it is. */
    private Mono<Void> await(String service, URI address) {
        return http.get()
                .uri(address + "/actuator/health/readiness")
                .retrieve()
                .toBodilessEntity()
                .timeout(TIMEOUT)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, INTERVAL).filter(notReady -> awaited.contains(service)))
                .doOnNext(ready -> {
                    if (awaited.remove(service)) {
                        log.info("{} is ready", service);
                    }
                })
                .onErrorComplete()
                .then();
    }

    @Override
    public void start() {
        polling = Flux.fromIterable(services.entrySet())
                .flatMap(service ->
                        Flux.fromIterable(service.getValue()).flatMap(address -> await(service.getKey(), address)))
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable current = polling;
        if (current != null) {
            current.dispose();
        }
        polling = null;
    }

    @Override
    public boolean isRunning() {
        return polling != null;
    }
}
