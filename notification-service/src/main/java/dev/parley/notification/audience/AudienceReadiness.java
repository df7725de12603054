package dev.parley.notification.audience;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Whether everything was copied once. Until then nobody is answered: to the half of an audience a push would be told, and the
 * other half would never hear of it.
 */
@Component
final class AudienceReadiness {

    private final Sinks.Empty<Void> complete = Sinks.empty();
    private final Duration patience;
    private volatile boolean isComplete;

    AudienceReadiness(AudienceSettings settings) {
        this.patience = settings.patience();
    }

    void complete() {
        isComplete = true;
        complete.tryEmitEmpty();
    }

    boolean isComplete() {
        return isComplete;
    }

    /** Completes when everything was copied; fails if that takes too long. */
    Mono<Void> await() {
        return isComplete
                ? Mono.empty()
                : complete.asMono()
                        .timeout(
                                patience,
                                Mono.error(() ->
                                        ApiException.of(PlatformError.UNAVAILABLE, "The audience is not known yet")));
    }
}
