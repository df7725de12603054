package dev.parley.presence.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorTranslation;
import dev.parley.presence.socketio.Ack;
import java.util.LinkedHashMap;
import java.util.Map;

/** The acknowledgements of commands, as chat-core clients read them. */
final class Acks {

    private Acks() {}

    static Ack success() {
        return Ack.of(Map.of("success", true));
    }

    static Ack success(Map<String, ?> result) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", true);
        body.putAll(result);
        return Ack.of(body);
    }

    /**
     * {@code {success: false, error, code, errors?, retryAfter?, traceId?}}: {@code retryAfter} in seconds, {@code traceId}
     * as in the log entry of the failure.
     */
    static Ack failure(Throwable failure) {
        ApiException error = ErrorTranslation.translate(failure);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", false);
        body.put("error", error.detail());
        body.put("code", error.code().code());
        if (!error.errors().isEmpty()) {
            body.put("errors", error.errors());
        }
        if (error.retryAfter() != null) {
            body.put("retryAfter", Math.max(1, error.retryAfter().toSeconds()));
        }
        if (error.traceId() != null) {
            body.put("traceId", error.traceId());
        }
        return Ack.of(body);
    }
}
