package dev.parley.notification.push;

import dev.parley.notification.device.Device;
import dev.parley.notification.provider.ProviderName;
import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.PushProvider;
import dev.parley.notification.provider.PushRequest;
import dev.parley.notification.provider.ReceiptProvider;
import dev.parley.notification.push.PushCheck.Checked;
import dev.parley.notification.push.PushCheck.Sendable;
import dev.parley.notification.push.StoredPush.Receipt;
import dev.parley.platform.id.Fingerprint;
import dev.parley.platform.trace.TraceSpan;
import dev.parley.platform.trace.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends the pushes of one provider: claims a batch, looks once more, sends what is left, and notes what came of it. A few batches
 * are under way at a time; what is not claimed waits in the store.
 */
final class ProviderDelivery {

    private static final Logger log = LoggerFactory.getLogger(ProviderDelivery.class);

    private final PushProvider provider;
    private final ProviderGate gate;
    private final PushStore store;
    private final PushCheck check;
    private final OutcomeReader outcomes;
    private final DeliveryContext context;

    ProviderDelivery(
            PushProvider provider,
            ProviderGate gate,
            PushStore store,
            PushCheck check,
            OutcomeReader outcomes,
            DeliveryContext context) {
        this.provider = provider;
        this.gate = gate;
        this.store = store;
        this.check = check;
        this.outcomes = outcomes;
        this.context = context;
    }

    /**
     * What all providers have in common.
     *
     * @param stopping whether nothing more is to be sent
     */
    record DeliveryContext(
            DeliverySettings settings,
            RetryDelays delays,
            PushMetrics metrics,
            BooleanSupplier stopping,
            Tracing tracing) {}

    /** A claimed batch, until its lease ends. */
    private record Batch(List<StoredPush> pushes, Instant leaseEnd) {}

    /**
     * Sends whatever is due.
     *
     * @param ticks each is a reason to look
     * @return ends after the ticks do, when the last batch is noted
     */
    Flux<Void> run(Flux<?> ticks) {
        return ticks.onBackpressureLatest()
                .concatMap(tick -> batches(), 0)
                .flatMap(this::deliver, settings().maxBatchesAtOnce(), 1);
    }

    ProviderName provider() {
        return provider.name();
    }

    private DeliverySettings settings() {
        return context.settings();
    }

    /** Claims one batch after the other, each when there is a place for it, until none is due. */
    private Flux<Batch> batches() {
        return Mono.defer(this::claim)
                .repeat()
                .takeWhile(batch -> !batch.pushes().isEmpty())
                .onErrorResume(failure -> {
                    log.warn("No pushes were claimed; they will be at the next turn", failure);
                    return Flux.empty();
                });
    }

    private Mono<Batch> claim() {
        Batch none = new Batch(List.of(), Instant.now());
        if (context.stopping().getAsBoolean() || !gate.enter()) {
            return Mono.just(none);
        }
        Instant leaseEnd = Instant.now().plus(settings().lease());
        return store.claim(provider.name(), provider.maxBatch(), settings().lease())
                .doOnNext(pushes -> {
                    if (pushes.isEmpty()) {
                        gate.notSent();
                    }
                })
                .doOnError(failure -> gate.notSent())
                .map(pushes -> new Batch(pushes, leaseEnd));
    }

    /** A batch that fails here is left to the end of its lease. */
    private Mono<Void> deliver(Batch batch) {
        Sending sending = new Sending(batch);
        return sending.deliver().doFinally(end -> sending.leave()).onErrorResume(failure -> {
            log.warn("A batch for {} will be claimed again", provider.name().wireName(), failure);
            return Mono.empty();
        });
    }

    /** One batch on its way. */
    private final class Sending {

        private final Batch batch;
        private boolean judged;

        Sending(Batch batch) {
            this.batch = batch;
        }

        /** The gate is told once. */
        void leave() {
            if (!judged) {
                judged = true;
                gate.notSent();
            }
        }

        Mono<Void> deliver() {
            List<PushResult> settled = new ArrayList<>();
            List<StoredPush> left = new ArrayList<>();
            Instant oldest = Instant.now().minus(settings().maxAge());
            for (StoredPush push : batch.pushes()) {
                if (!provider.enabled()) {
                    settled.add(PushResult.suppressed(push, Suppression.PROVIDER_OFF));
                } else if (push.createdAt().isBefore(oldest)) {
                    settled.add(PushResult.dead(push, reasonOf(push, "too-old")));
                } else if (push.tries() > settings().maxTries()) {
                    settled.add(PushResult.dead(push, reasonOf(push, "too-many-tries")));
                } else {
                    left.add(push);
                }
            }
            return note(settled)
                    .then(left.isEmpty() ? Mono.empty() : check.check(left).flatMap(this::send));
        }

        private Mono<Void> send(Checked checked) {
            List<Sendable> sendable = checked.sendable();
            return note(checked.settled())
                    .then(
                            sendable.isEmpty()
                                    ? Mono.empty()
                                    : gate.turn(sendable.size()).then(sendNow(sendable)));
        }

        private Mono<Void> sendNow(List<Sendable> sendable) {
            return Mono.defer(() -> {
                // Somebody else may claim them before the provider has answered; or nothing is sent any more.
                boolean late = Instant.now().plus(settings().sendTimeout()).isAfter(batch.leaseEnd());
                if (late || context.stopping().getAsBoolean()) {
                    return note(sendable.stream()
                            .map(each -> PushResult.givenBack(
                                    each.push(), each.push().reason(), provider.name(), Instant.now()))
                            .toList());
                }
                long begun = System.nanoTime();
                return traced(
                                sendable,
                                provider.send(sendable.stream()
                                                .map(this::request)
                                                .toList())
                                        .timeout(settings().sendTimeout()))
                        .doOnNext(answers -> answered(sendable, answers, took(begun)))
                        .map(answers -> outcomes.read(sendable, answers).map(results -> asked(sendable, results)))
                        .onErrorResume(failure -> Mono.just(Mono.just(away(sendable, failure, took(begun)))))
                        .flatMap(results -> results)
                        .flatMap(this::note);
            });
        }

        /** Each push of the batch is shown in the trace of what it tells of. */
        private <T> Mono<T> traced(List<Sendable> sendable, Mono<T> work) {
            if (!context.tracing().isOn()) {
                return work;
            }
            List<TraceSpan> spans = sendable.stream().map(this::span).toList();
            return work.doOnError(failure -> spans.forEach(span -> span.failed(failure)))
                    .doFinally(end -> spans.forEach(TraceSpan::end));
        }

        private TraceSpan span(Sendable each) {
            return context.tracing()
                    .calling("push " + provider.name().wireName(), each.traceparent())
                    .with("parley.user.id", each.push().userId())
                    .with("parley.push.tries", each.push().tries());
        }

        private Duration took(long begun) {
            return Duration.ofNanos(System.nanoTime() - begun);
        }

        private PushRequest request(Sendable each) {
            return new PushRequest(
                    each.push().id(),
                    each.device().address(),
                    each.content(),
                    settings().timeToLive());
        }

        /** Some providers say only later what became of a push. */
        private List<PushResult> asked(List<Sendable> sent, List<PushResult> results) {
            if (!(provider instanceof ReceiptProvider later)) {
                return results;
            }
            Instant dueAt = Instant.now().plus(later.receiptsAfter());
            List<PushResult> asked = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                PushResult result = results.get(i);
                boolean known = result.status() == PushStatus.ACCEPTED && result.providerId() != null;
                asked.add(known ? result.with(receipt(sent.get(i).device(), dueAt)) : result);
            }
            return asked;
        }

        private Receipt receipt(Device device, Instant dueAt) {
            return new Receipt(
                    provider.name(), dueAt, Fingerprint.of(device.address().token()));
        }

        private void answered(List<Sendable> sent, List<PushOutcome> answers, Duration took) {
            if (answers.size() != sent.size()) {
                throw new IllegalStateException(answers.size() + " outcomes for " + sent.size() + " pushes");
            }
            judged = true;
            gate.answered(took);
            context.metrics().sends(provider.name(), true).record(took);
        }

        /** Nothing is known of any push, so each is sent again, under the same id. That is no try of theirs. */
        private List<PushResult> away(List<Sendable> sent, Throwable failure, Duration took) {
            context.metrics().sends(provider.name(), false).record(took);
            Duration pause = failure instanceof ProviderUnavailableException asked ? asked.retryAfter() : null;
            if (!judged) {
                judged = true;
                if (pause == null) {
                    gate.failed(took, failure);
                } else {
                    gate.pause(context.delays().atMost(pause));
                }
            }
            log.warn("{} took nothing: {}", provider.name().wireName(), failure.toString());
            String reason = failure instanceof ProviderUnavailableException ? failure.getMessage() : "no-answer";
            return sent.stream()
                    .map(each -> PushResult.givenBack(
                            each.push(),
                            reason,
                            provider.name(),
                            context.delays().afterOutage(pause)))
                    .toList();
        }

        private Mono<Void> note(List<PushResult> results) {
            return store.record(results).then(Mono.fromRunnable(() -> results.forEach(context.metrics()::noted)));
        }
    }

    /** What a push failed for is what the provider said last. */
    private static String reasonOf(StoredPush push, String otherwise) {
        String said = push.reason();
        return said == null ? otherwise : otherwise + ": " + said;
    }
}
