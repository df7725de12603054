package dev.parley.platform.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error answer: RFC 9457 problem details, with the members that clients of {@code /api/v1} expect
 * beside it.
 *
 * @param message the same as {@code detail}
 * @param statusCode the same as {@code status}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String message,
        int statusCode,
        @Nullable String traceId,
        List<FieldError> errors) {

    static Problem of(ApiException error, String instance, @Nullable String traceId) {
        ErrorCode code = error.code();
        int status = code.status().value();
        return new Problem(
                "urn:parley:error:" + code.code(),
                code.title(),
                status,
                error.detail(),
                instance,
                code.code(),
                error.detail(),
                status,
                traceId,
                error.errors());
    }
}
