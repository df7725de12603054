package dev.parley.notification.webpush;

import dev.parley.notification.provider.PushOutcome;
import dev.parley.notification.provider.RetryAfter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the answers of push services mean (RFC 8030, sections 5 and 8.4). */
final class WebPushAnswer {

    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int GONE = 410;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY_REQUESTS = 429;

    private WebPushAnswer() {}

    static PushOutcome of(int status, HttpHeaders headers, Instant now) {
        return switch (status) {
            case NOT_FOUND, GONE -> new PushOutcome.TokenGone("status " + status);
            case TOO_LARGE -> new PushOutcome.Refused("too large");
            case TOO_MANY_REQUESTS -> new PushOutcome.Retry("too many requests", retryAfter(headers, now));
            case REQUEST_TIMEOUT -> new PushOutcome.Retry("status " + status, retryAfter(headers, now));
            default -> byClass(status, headers, now);
        };
    }

    private static PushOutcome byClass(int status, HttpHeaders headers, Instant now) {
        if (status >= 200 && status < 300) {
            return new PushOutcome.Accepted(headers.get(HttpHeaderNames.LOCATION));
        }
        return status >= 500
                ? new PushOutcome.Retry("status " + status, retryAfter(headers, now))
                // Redirects too: they lead to where nobody has subscribed.
                : new PushOutcome.Refused("status " + status);
    }

    private static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        return RetryAfter.read(headers.get(HttpHeaderNames.RETRY_AFTER), now);
    }
}
