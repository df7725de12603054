package dev.parley.notification.provider;

import java.util.List;
import reactor.core.publisher.Mono;

/** Brings pushes to devices of one kind. */
public interface PushProvider {

    ProviderName name();

    /** Whether it was given what it needs to be used. */
    boolean enabled();

    /** How many pushes it takes at once. */
    int maxBatch();

    /**
     * Sends pushes, at most {@link #maxBatch}.
     *
     * @return an outcome for each, in their order; an error if the provider is away, and then nothing is known of any
     */
    Mono<List<PushOutcome>> send(List<PushRequest> pushes);
}
