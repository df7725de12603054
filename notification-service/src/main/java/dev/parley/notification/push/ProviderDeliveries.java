package dev.parley.notification.push;

import dev.parley.notification.device.Devices;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.push.ProviderDelivery.DeliveryContext;
import dev.parley.platform.trace.Tracing;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Makes the delivery of each provider, with a circuit breaker, a rate and places of its own. */
class ProviderDeliveries {

    private static final int BATCH_OF_NOBODY = 500;

    private final Map<ProviderName, PushProvider> providers;
    private final PushStore store;
    private final PushCheck check;
    private final DeliverySettings settings;
    private final PushMetrics metrics;
    private final RetryDelays delays;
    private final OutcomeReader outcomes;
    private final CircuitBreakerRegistry breakers;
    private final Tracing tracing;

    ProviderDeliveries(
            List<PushProvider> providers,
            PushStore store,
            PushCheck check,
            Devices devices,
            DeliverySettings settings,
            BreakerSettings breaker,
            RetryDelays delays,
            PushMetrics metrics,
            MeterRegistry meters,
            Tracing tracing) {
        this.tracing = tracing;
        this.providers = providers.stream().collect(Collectors.toMap(PushProvider::name, Function.identity()));
        this.store = store;
        this.check = check;
        this.settings = settings;
        this.metrics = metrics;
        this.delays = delays;
        this.outcomes = new OutcomeReader(devices, settings, delays, metrics);
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(breaker.window())
                .minimumNumberOfCalls(breaker.minimum())
                .failureRateThreshold(breaker.failurePercent())
                .waitDurationInOpenState(breaker.open())
                .permittedNumberOfCallsInHalfOpenState(breaker.trials())
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(meters);
    }

    /** @param stopping whether nothing more is to be sent */
    List<ProviderDelivery> all(BooleanSupplier stopping) {
        DeliveryContext context = new DeliveryContext(settings, delays, metrics, stopping, tracing);
        return Arrays.stream(ProviderName.values())
                .map(name -> providers.getOrDefault(name, new NoProvider(name)))
                .map(provider -> new ProviderDelivery(provider, gate(provider), store, check, outcomes, context))
                .toList();
    }

    private ProviderGate gate(PushProvider provider) {
        ProviderName name = provider.name();
        return new ProviderGate(
                breakers.circuitBreaker("push-" + name.wireName()), settings.rateOf(name), provider.maxBatch());
    }

    /** Stands for one that this version does not have: pushes for it end as for one that is off. */
    private record NoProvider(ProviderName name) implements PushProvider {

        @Override
        public boolean enabled() {
            return false;
        }

        @Override
        public int maxBatch() {
            return BATCH_OF_NOBODY;
        }

        @Override
        public Mono<List<PushOutcome>> send(List<PushRequest> pushes) {
            return Mono.error(new UnsupportedOperationException(name.wireName()));
        }
    }
}
