package dev.parley.notification.device;

import dev.parley.notification.provider.ProviderName;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts devices that come and go. */
@Component
class DeviceMetrics {

    private final MeterRegistry meters;

    DeviceMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void registered(ProviderName provider) {
        meters.counter("parley.notification.devices.registered", "provider", provider.wireName())
                .increment();
    }

    /** @param reason {@code removed}, {@code signed-out}, {@code moved}, {@code too-many} or {@code retired} */
    void removed(String reason, long count) {
        meters.counter("parley.notification.devices.removed", "reason", reason).increment(count);
    }
}
