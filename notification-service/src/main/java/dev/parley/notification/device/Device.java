package dev.parley.notification.device;

import dev.parley.notification.provider.DeviceAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A device that can be told something.
 *
 * @param deviceId as the client calls it, unique in its tenant
 * @param sessionId the sign-in that registered it last
 * @param platform {@code ios}, {@code android} or {@code web}
 * @param locale the language of what it shows, BCP 47; null if it did not say
 */
public record Device(
        String deviceId,
        String tenantId,
        String userId,
        String sessionId,
        String platform,
        DeviceAddress address,
        @Nullable String locale,
        Instant createdAt,
        Instant lastUsedAt) {}
