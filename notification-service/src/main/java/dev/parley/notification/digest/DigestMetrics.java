package dev.parley.notification.digest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** What becomes of e-mails, as a metric. */
@Component
@Conditional(WithDigests.class)
class DigestMetrics {

    static final String NO_ADDRESS = "no-address";
    static final String GIVEN_UP = "given-up";
    static final String TENANT_OFF = "tenant-off";

    private final MeterRegistry meters;

    DigestMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(String outcome) {
        Counter.builder("parley.notification.digests")
                .description("What became of e-mails about unread messages")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
