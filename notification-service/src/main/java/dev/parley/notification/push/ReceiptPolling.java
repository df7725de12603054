package dev.parley.notification.push;

import dev.parley.notification.device.Device;
import dev.parley.notification.device.Devices;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.ReceiptProvider;
import dev.parley.notification.push.ReceiptStore.Known;
import dev.parley.platform.job.RecurringJob;
import dev.parley.platform.job.RecurringJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks providers that say only later what became of pushes: whether a device has it, or whether there is no such device. */
@Component
class ReceiptPolling {

    private static final Logger log = LoggerFactory.getLogger(ReceiptPolling.class);

    /** How long one that asked is left to it. */
    private static final Duration LEASE = Duration.ofMinutes(5);

    /** How long after "not yet" it is asked again. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final List<ReceiptProvider> providers;
    private final ReceiptStore store;
    private final Devices devices;
    private final DeliverySettings settings;
    private final RetryDelays delays;
    private final PushMetrics metrics;

    ReceiptPolling(
            ObjectProvider<ReceiptProvider> providers,
            ReceiptStore store,
            Devices devices,
            DeliverySettings settings,
            RetryDelays delays,
            PushMetrics metrics) {
        this.providers = providers.stream().toList();
        this.store = store;
        this.devices = devices;
        this.settings = settings;
        this.delays = delays;
        this.metrics = metrics;
    }

    /** Each instance asks for what no other one has claimed. */
    @Bean
    static RecurringJob pollingOfReceipts(RecurringJobs jobs, ReceiptPolling polling, DeliverySettings settings) {
        return jobs.everywhereLater("polling of receipts", settings.receiptInterval(), Mono.defer(polling::pollAll));
    }

    private Mono<Void> pollAll() {
        return Flux.fromIterable(providers).concatMap(this::poll).then();
    }

    /** Until nothing is due, or the provider does not answer. */
    Mono<Void> poll(ReceiptProvider provider) {
        return batch(provider).repeat().takeWhile(more -> more).then().onErrorResume(failure -> {
            log.warn(
                    "{} does not say what became of pushes: {}", provider.name().wireName(), failure.toString());
            return Mono.empty();
        });
    }

    private Mono<Boolean> batch(ReceiptProvider provider) {
        return Mono.defer(() -> store.claim(provider.name(), provider.maxReceipts(), LEASE))
                .flatMap(pushes -> pushes.isEmpty()
                        ? Mono.just(false)
                        : provider.receipts(pushes.stream()
                                        .map(push -> Objects.requireNonNull(push.providerId()))
                                        .toList())
                                .flatMap(receipts -> note(provider, pushes, receipts))
                                .thenReturn(true));
    }

    private Mono<Void> note(ReceiptProvider provider, List<StoredPush> pushes, Map<String, PushOutcome> receipts) {
        List<Known> known = new ArrayList<>();
        Map<StoredPush, String> gone = new LinkedHashMap<>();
        for (StoredPush push : pushes) {
            PushOutcome receipt = receipts.get(Objects.requireNonNull(push.providerId()));
            known.add(receipt == null ? notYet(provider, push) : receipt.accept(new Reader(push, gone)));
        }
        return Flux.fromIterable(gone.entrySet())
                .concatMap(each -> retire(each.getKey(), each.getValue()))
                .then(store.record(known))
                .then(Mono.fromRunnable(() -> known.stream()
                        .map(Known::status)
                        .filter(Objects::nonNull)
                        .forEach(status -> metrics.became(provider.name(), status))));
    }

    private static Known notYet(ReceiptProvider provider, StoredPush push) {
        Instant accepted = push.settledAt() == null ? push.createdAt() : push.settledAt();
        boolean forgotten = Instant.now().isAfter(accepted.plus(provider.receiptsUntil()));
        return new Known(
                push, null, null, false, null, forgotten ? null : Instant.now().plus(AGAIN));
    }

    /** The device may have got another address since the push was sent: then it stays. */
    private Mono<Void> retire(StoredPush push, String reason) {
        return devices.ofUsers(push.tenantId(), List.of(push.userId()))
                .flatMapIterable(found -> found.getOrDefault(push.userId(), List.of()))
                .filter(device -> isSame(push, device))
                .concatMap(device -> devices.retire(device, reason)
                        .doOnSuccess(done -> metrics.retired(device.address().provider())))
                .then();
    }

    private static boolean isSame(StoredPush push, Device device) {
        return device.deviceId().equals(push.deviceId())
                && ReceiptStore.isSame(push.receipt(), device.address().token());
    }

    private final class Reader implements PushOutcome.Visitor<Known> {

        private final StoredPush push;
        private final Map<StoredPush, String> gone;

        Reader(StoredPush push, Map<StoredPush, String> gone) {
            this.push = push;
            this.gone = gone;
        }

        @Override
        public Known accepted(PushOutcome.Accepted outcome) {
            return new Known(push, PushStatus.DELIVERED, null, false, null, null);
        }

        @Override
        public Known retry(PushOutcome.Retry outcome) {
            return push.tries() >= settings.maxTries()
                    ? failed("too-many-tries: " + outcome.reason(), true)
                    : new Known(
                            push,
                            PushStatus.WAITING,
                            outcome.reason(),
                            false,
                            delays.afterTry(push.tries(), outcome.after()),
                            null);
        }

        @Override
        public Known tokenGone(PushOutcome.TokenGone outcome) {
            gone.put(push, outcome.reason());
            return failed(outcome.reason(), false);
        }

        @Override
        public Known refused(PushOutcome.Refused outcome) {
            return failed(outcome.reason(), true);
        }

        private Known failed(String reason, boolean isDead) {
            return new Known(push, PushStatus.FAILED, reason, isDead && !push.isWithdrawal(), null, null);
        }
    }
}
