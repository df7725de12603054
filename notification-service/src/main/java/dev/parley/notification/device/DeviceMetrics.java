package dev.parley.notification.device;

import dev.parley.notification.provider.ProviderName;
import io.micrometer.core.instrument.Counter;
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
        Counter.builder("parley.notification.devices.registered")
                .description("Devices that were registered")
                .tag("provider", provider.wireName())
                .register(meters)
                .increment();
    }

    /** @param reason {@code removed}, {@code signed-out}, {@code moved}, {@code too-many} or {@code retired} */
    void removed(String reason, long count) {
        Counter.builder("parley.notification.devices.removed")
                .description("Devices that were removed")
                .tag("reason", reason)
                .register(meters)
                .increment(count);
    }
}
