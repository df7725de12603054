package dev.parley.presence.session;

import dev.parley.platform.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Times the admission of clients: {@code parley.admissions}, by outcome and, if refused, by error code. */
@Component
final class AdmissionMetrics {

    private static final AdmissionDecision.Visitor<Tags> TAGS = new AdmissionDecision.Visitor<>() {
        @Override
        public Tags admitted(DeviceSession session) {
            return tags("admitted", "");
        }

        @Override
        public Tags refused(ApiException reason) {
            return tags("refused", reason.code().code());
        }

        @Override
        public Tags postponed() {
            return tags("postponed", "");
        }

        private Tags tags(String outcome, String code) {
            return Tags.of("outcome", outcome, "code", code);
        }
    };

    private final MeterRegistry meters;

    AdmissionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    Mono<AdmissionDecision> time(Mono<AdmissionDecision> admission) {
        return Mono.defer(() -> {
            Timer.Sample sample = Timer.start(meters);
            return admission.doOnNext(decision -> sample.stop(Timer.builder("parley.admissions")
                    .description("Time until it was decided whether a client may connect")
                    .tags(decision.accept(TAGS))
                    .register(meters)));
        });
    }
}
