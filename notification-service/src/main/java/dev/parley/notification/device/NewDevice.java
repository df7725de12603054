package dev.parley.notification.device;

import dev.parley.notification.provider.DeviceAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a client tells of the device that it runs on.
 *
 * @param deviceId as the client calls it, the same at every start
 * @param platform {@code ios}, {@code android} or {@code web}
 * @param locale BCP 47; null if it did not say
 */
public record NewDevice(
        String deviceId,
        String platform,
        DeviceAddress address,
        @Nullable String locale) {}
