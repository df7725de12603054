package dev.parley.notification.provider;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends the pushes of a batch one by one, several at once. */
public final class Batch {

    private record Sent(
            @Nullable PushOutcome outcome, @Nullable Throwable failure) {

        PushOutcome orRetry() {
            return outcome != null
                    ? outcome
                    : new PushOutcome.Retry(failure instanceof TimeoutException ? "timeout" : "unreachable", null);
        }
    }

    private Batch() {}

    /**
     * To one server.
     *
     * @param timeout how long the batch may take; what has no outcome then is to be tried again
     * @param send fails if nothing is known of the push
     * @return the outcomes in order; those of which nothing is known are to be tried again. If nothing is known of any, the server is
     *     away, and it fails as the first push did
     */
    public static Mono<List<PushOutcome>> send(
            List<PushRequest> pushes,
            int maxConcurrent,
            Duration timeout,
            Function<PushRequest, Mono<PushOutcome>> send) {
        return sent(pushes, maxConcurrent, timeout, send).map(Batch::outcomes);
    }

    /** The same, but to many servers: if all are away, that says nothing of the others that there are. */
    public static Mono<List<PushOutcome>> sendToMany(
            List<PushRequest> pushes,
            int maxConcurrent,
            Duration timeout,
            Function<PushRequest, Mono<PushOutcome>> send) {
        return sent(pushes, maxConcurrent, timeout, send)
                .map(sent -> sent.stream().map(Sent::orRetry).toList());
    }

    private static Mono<List<Sent>> sent(
            List<PushRequest> pushes,
            int maxConcurrent,
            Duration timeout,
            Function<PushRequest, Mono<PushOutcome>> send) {
        return Mono.defer(() -> {
            long end = System.nanoTime() + timeout.toNanos();
            return Flux.fromIterable(pushes)
                    .flatMapSequential(push -> sent(push, end, send), maxConcurrent)
                    .collectList();
        });
    }

    private static Mono<Sent> sent(PushRequest push, long end, Function<PushRequest, Mono<PushOutcome>> send) {
        long left = end - System.nanoTime();
        Mono<PushOutcome> outcome = left > 0
                ? Mono.defer(() -> send.apply(push)).timeout(Duration.ofNanos(left))
                : Mono.error(new TimeoutException());
        return outcome.map(known -> new Sent(known, null)).onErrorResume(failure -> Mono.just(new Sent(null, failure)));
    }

    private static List<PushOutcome> outcomes(List<Sent> sent) {
        Throwable first = sent.isEmpty() ? null : sent.get(0).failure();
        if (first != null && sent.stream().allMatch(each -> each.outcome() == null)) {
            throw Exceptions.propagate(first);
        }
        return sent.stream().map(Sent::orRetry).toList();
    }
}
