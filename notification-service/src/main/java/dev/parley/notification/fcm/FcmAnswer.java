package dev.parley.notification.fcm;

import dev.parley.notification.provider.ProviderUnavailableException;
import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What FCM answered ({@code ErrorCode} of its HTTP v1 API).
 *
 * @param retryAfter the header
 */
record FcmAnswer(int status, JsonNode body, @Nullable String retryAfter) {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final String NOT_OUR_FAULT = "THIRD_PARTY_AUTH_ERROR";

    /** What FCM wants when it does not say more. */
    private static final Duration QUOTA_PAUSE = Duration.ofMinutes(1);

    static FcmAnswer of(int status, String body, @Nullable String retryAfter, JsonMapper json) {
        return new FcmAnswer(status, read(body, json), retryAfter);
    }

    /** What stands between us and FCM may answer anything. */
    static JsonNode read(String body, JsonMapper json) {
        try {
            return json.readTree(body.isEmpty() ? "{}" : body);
        } catch (JacksonException otherwise) {
            return json.createObjectNode();
        }
    }

    /** Whether the token that we show is refused. */
    boolean refusesTheToken() {
        return status == UNAUTHORIZED && !NOT_OUR_FAULT.equals(reason());
    }

    /** @throws ProviderUnavailableException if it is not the push that is refused, but whoever sends it */
    PushOutcome outcome(Instant now) {
        if (status == OK) {
            return new PushOutcome.Accepted(body.path("name").asString(null));
        }
        String reason = reason();
        return switch (reason) {
            case "UNREGISTERED", "SENDER_ID_MISMATCH" -> new PushOutcome.TokenGone(reason);
            case "INVALID_ARGUMENT" ->
                isAboutTheDevice() ? new PushOutcome.TokenGone(reason) : new PushOutcome.Refused(reason);
            case "QUOTA_EXCEEDED" ->
                new PushOutcome.Retry(reason, Optional.ofNullable(pause(now)).orElse(QUOTA_PAUSE));
            case NOT_OUR_FAULT -> new PushOutcome.Refused(reason);
            default -> byStatus(reason, now);
        };
    }

    private PushOutcome byStatus(String reason, Instant now) {
        if (status >= 500 || status == TOO_MANY_REQUESTS) {
            return new PushOutcome.Retry(reason, pause(now));
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new ProviderUnavailableException("FCM refuses this sender: " + reason, null);
        }
        return new PushOutcome.Refused(reason);
    }

    private @Nullable Duration pause(Instant now) {
        return RetryAfter.read(retryAfter, now);
    }

    /** FCM's own code; else the general one of Google's APIs; else the status. */
    private String reason() {
        JsonNode error = body.path("error");
        return error.path("details")
                .valueStream()
                .map(detail -> detail.path("errorCode").asString(""))
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElseGet(() -> error.path("status").asString("status " + status));
    }

    private boolean isAboutTheDevice() {
        return body.path("error")
                        .path("details")
                        .valueStream()
                        .flatMap(detail -> detail.path("fieldViolations").valueStream())
                        .anyMatch(violation ->
                                "message.token".equals(violation.path("field").asString("")))
                || body.path("error").path("message").asString("").contains("registration token");
    }
}
