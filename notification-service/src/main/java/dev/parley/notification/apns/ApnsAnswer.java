package dev.parley.notification.apns;

import com.eatthepath.pushy.apns.PushNotificationResponse;
import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import java.util.Set;

/** What the answers of APNs mean ("Handling notification responses from APNs" of its documentation). */
final class ApnsAnswer {

    private static final int FORBIDDEN = 403;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final Set<String> GONE_REASONS =
            Set.of("BadDeviceToken", "DeviceTokenNotForTopic", "ExpiredToken", "MissingDeviceToken", "Unregistered");

    private static final Set<String> PASSING_REASONS = Set.of(
            "ExpiredProviderToken",
            "IdleTimeout",
            "InternalServerError",
            "ServiceUnavailable",
            "Shutdown",
            "TooManyProviderTokenUpdates",
            "TooManyRequests");

    private ApnsAnswer() {}

    /** @throws ProviderUnavailableException if it is not the push that is refused, but whoever sends it */
    static PushOutcome of(PushNotificationResponse<?> response) {
        if (response.isAccepted()) {
            return new PushOutcome.Accepted(String.valueOf(response.getApnsId()));
        }
        int status = response.getStatusCode();
        // None, if the answer could not be read.
        String reason = response.getRejectionReason().orElse("status " + status);
        if (status == GONE || GONE_REASONS.contains(reason)) {
            return new PushOutcome.TokenGone(reason);
        }
        if (status >= 500 || status == TOO_MANY_REQUESTS || PASSING_REASONS.contains(reason)) {
            return new PushOutcome.Retry(reason, null);
        }
        if (status == FORBIDDEN) {
            throw new ProviderUnavailableException("APNs refuses this sender: " + reason, null);
        }
        return new PushOutcome.Refused(reason);
    }
}
