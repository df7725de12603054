package dev.parley.notification.push;

import dev.parley.notification.provider.ProviderName;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Tells who sends pushes that there are new ones, so that they need not wait for the next look. */
@Component
final class PushWakeups {

    private static final Duration CONTENTION = Duration.ofSeconds(1);

    private final Sinks.Many<ProviderName> added = Sinks.many().multicast().directBestEffort();

    void wake(ProviderName provider) {
        added.emitNext(provider, Sinks.EmitFailureHandler.busyLooping(CONTENTION));
    }

    Flux<ProviderName> of(ProviderName provider) {
        return added.asFlux().filter(woken -> woken == provider);
    }
}
