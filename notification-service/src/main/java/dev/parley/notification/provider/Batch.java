package dev.parley.notification.provider;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends the pushes of a batch one by one, several at once, to one server. */
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
     * @param send fails if nothing is known of the push
     * @return the outcomes in order; those of which nothing is known are to be tried again. If nothing is known of any, the server is
     *     away, and it fails as the first push did
     */
    public static Mono<List<PushOutcome>> send(
            List<PushRequest> pushes, int maxConcurrent, Function<PushRequest, Mono<PushOutcome>> send) {
        return Flux.fromIterable(pushes)
                .flatMapSequential(
                        push -> send.apply(push)
                                .map(outcome -> new Sent(outcome, null))
                                .onErrorResume(failure -> Mono.just(new Sent(null, failure))),
                        maxConcurrent)
                .collectList()
                .map(Batch::outcomes);
    }

    private static List<PushOutcome> outcomes(List<Sent> sent) {
        if (!sent.isEmpty() && sent.stream().allMatch(each -> each.outcome() == null)) {
            throw new ProviderOutage(sent.get(0).failure());
        }
        return sent.stream().map(Sent::orRetry).toList();
    }
}
