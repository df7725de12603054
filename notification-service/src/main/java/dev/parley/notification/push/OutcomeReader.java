package dev.parley.notification.push;

import dev.parley.notification.device.Device;
import dev.parley.notification.device.Devices;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.push.PushCheck.Sendable;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes results of what a provider answered, and ends the devices that it does not know any more. */
final class OutcomeReader {

    private static final Logger log = LoggerFactory.getLogger(OutcomeReader.class);

    private static final int RETIRED_AT_ONCE = 8;

    private record Gone(Device device, String reason) {}

    private final Devices devices;
    private final DeliverySettings settings;
    private final RetryDelays delays;
    private final PushMetrics metrics;

    OutcomeReader(Devices devices, DeliverySettings settings, RetryDelays delays, PushMetrics metrics) {
        this.devices = devices;
        this.settings = settings;
        this.delays = delays;
        this.metrics = metrics;
    }

    /** @param outcomes one for each push that was sent, in their order */
    Mono<List<PushResult>> read(List<Sendable> sent, List<PushOutcome> outcomes) {
        List<PushResult> results = new ArrayList<>();
        List<Gone> gone = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            results.add(outcomes.get(i).accept(new Reader(sent.get(i), gone)));
        }
        return Flux.fromIterable(gone).flatMap(this::retire, RETIRED_AT_ONCE).then(Mono.just(results));
    }

    /** If it fails, the provider will say so again for the next push. */
    private Mono<Void> retire(Gone gone) {
        return devices.retire(gone.device(), gone.reason())
                .doOnSuccess(done -> metrics.retired(gone.device().address().provider()))
                .onErrorResume(failure -> {
                    log.warn("A device was not ended whose address is good no more", failure);
                    return Mono.empty();
                });
    }

    private final class Reader implements PushOutcome.Visitor<PushResult> {

        private final Sendable sent;
        private final List<Gone> gone;

        Reader(Sendable sent, List<Gone> gone) {
            this.sent = sent;
            this.gone = gone;
        }

        @Override
        public PushResult accepted(PushOutcome.Accepted outcome) {
            if (!sent.push().isWithdrawal()) {
                metrics.accepted(sent.push().provider(), sent.content().sentAt());
            }
            return PushResult.accepted(sent.push(), outcome.providerId());
        }

        @Override
        public PushResult retry(PushOutcome.Retry outcome) {
            int tries = sent.push().tries();
            return tries >= settings.maxTries()
                    ? PushResult.dead(sent.push(), "too-many-tries: " + outcome.reason())
                    : PushResult.again(sent.push(), outcome.reason(), delays.afterTry(tries, outcome.after()));
        }

        @Override
        public PushResult tokenGone(PushOutcome.TokenGone outcome) {
            gone.add(new Gone(sent.device(), outcome.reason()));
            return PushResult.tokenGone(sent.push(), outcome.reason());
        }

        @Override
        public PushResult refused(PushOutcome.Refused outcome) {
            return PushResult.dead(sent.push(), outcome.reason());
        }
    }
}
