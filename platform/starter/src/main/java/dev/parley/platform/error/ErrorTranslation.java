package dev.parley.platform.error;

import dev.parley.platform.id.Ids;
import dev.parley.platform.log.LogFields;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.server.ResponseStatusException;

/** Says which entry of the error catalogue a failure is. */
public final class ErrorTranslation {

    private static final Logger log = LoggerFactory.getLogger(ErrorTranslation.class);
    private static final String LOGGED = "The failure was logged under the trace id";

    private ErrorTranslation() {}

    /**
     * For a failure outside of any request, such as a socket's: what is no fault of the client's is logged under a new id,
     * which the client can be told: {@link ApiException#traceId}.
     */
    public static ApiException translate(Throwable failure) {
        return failure instanceof ApiException known ? known : translate(failure, Ids.next());
    }

    /** @param traceId under which what is no fault of the client's is logged */
    public static ApiException translate(Throwable failure, String traceId) {
        if (failure instanceof ApiException known) {
            return known;
        }
        if (Causes.include(failure, DataBufferLimitException.class)) {
            return ApiException.of(PlatformError.BODY_TOO_LARGE, "The body is larger than this server accepts");
        }
        if (Causes.include(failure, CodecException.class)) {
            return ApiException.of(PlatformError.MALFORMED_REQUEST, "The body is not valid JSON");
        }
        if (failure instanceof ResponseStatusException known) {
            return fromStatus(known, traceId);
        }
        if (failure instanceof InvalidMediaTypeException) {
            return ApiException.of(PlatformError.UNSUPPORTED_MEDIA_TYPE, "The Content-Type is no media type");
        }
        if (failure instanceof AccessDeniedException) {
            return ApiException.of(PlatformError.FORBIDDEN, "Not allowed");
        }
        Optional<Dependency> away = Dependency.awayBy(failure);
        if (away.isPresent()) {
            try (LogFields fields = LogFields.ofTrace(traceId)) {
                log.warn("[{}] The {} did not answer: {}", traceId, away.get().title(), failure.toString());
            }
            return away.get().unavailable(traceId);
        }
        try (LogFields fields = LogFields.ofTrace(traceId)) {
            log.error("[{}] A failure that is in no error catalogue", traceId, failure);
        }
        return ApiException.logged(PlatformError.INTERNAL, LOGGED, traceId);
    }

    private static ApiException fromStatus(ResponseStatusException failure, String traceId) {
        String detail = failure.getReason() == null ? failure.getStatusCode().toString() : failure.getReason();
        return switch (failure.getStatusCode().value()) {
            case 400 -> ApiException.of(PlatformError.MALFORMED_REQUEST, detail);
            case 404 -> ApiException.of(PlatformError.NO_SUCH_RESOURCE, "No such resource");
            case 405 -> ApiException.of(PlatformError.METHOD_NOT_ALLOWED, detail);
            case 406 -> ApiException.of(PlatformError.NOT_ACCEPTABLE, detail);
            case 413 -> ApiException.of(PlatformError.BODY_TOO_LARGE, detail);
            case 415 -> ApiException.of(PlatformError.UNSUPPORTED_MEDIA_TYPE, detail);
            case 503, 504 -> ApiException.of(PlatformError.UNAVAILABLE, detail);
            default -> {
                try (LogFields fields = LogFields.ofTrace(traceId)) {
                    log.error("[{}] An answer that is in no error catalogue", traceId, failure);
                }
                yield ApiException.logged(PlatformError.INTERNAL, LOGGED, traceId);
            }
        };
    }
}
