package dev.parley.auth;

import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/** Counts how requests of one kind end: tag {@code outcome} is {@code success} or the name of the error. */
public final class OutcomeCounter {

    private static final String SUCCESS = "success";

    /** An error for which the request is not to blame, and that is not in this service's catalogue: a store that does not answer. */
    private static final String FAILED = "failed";

    private static final String CANCELLED = "cancelled";

    private final MeterRegistry meters;
    private final String name;
    private final String description;

    public OutcomeCounter(MeterRegistry meters, String name, String description) {
        this.meters = meters;
        this.name = name;
        this.description = description;
        counter(SUCCESS);
    }

    public <T> Mono<T> count(Mono<T> request) {
        return request.doOnSuccess(done -> add(SUCCESS))
                .doOnError(failure -> add(outcome(failure)))
                .doOnCancel(() -> add(CANCELLED));
    }

    private static String outcome(Throwable failure) {
        if (!(failure instanceof ApiException known)
                || !(known.code() instanceof AuthError || known.code().isRefusal())) {
            return FAILED;
        }
        String code = known.code().code();
        return code.substring(code.indexOf('.') + 1);
    }

    private void add(String outcome) {
        counter(outcome).increment();
    }

    private Counter counter(String outcome) {
        return Counter.builder(name)
                .description(description)
                .tag("outcome", outcome)
                .register(meters);
    }
}
