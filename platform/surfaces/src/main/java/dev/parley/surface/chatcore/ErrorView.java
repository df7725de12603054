package dev.parley.surface.chatcore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.ErrorCode;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.Violation;
import dev.parley.platform.surface.FailedRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * The body of an error answer: RFC 9457 problem details, with the members that clients of {@code /api/v1} expect beside
 * them.
 *
 * @param message the same as {@code detail}
 * @param statusCode the same as {@code status}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ErrorView(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String message,
        int statusCode,
        String traceId,
        List<FieldError> errors) {

    static ErrorView of(ApiException error, FailedRequest request) {
        ErrorCode code = error.code();
        int status = code.status().value();
        return new ErrorView(
                code.type(),
                code.title(),
                status,
                error.detail(),
                request.path(),
                code.code(),
                error.detail(),
                status,
                request.traceId(),
                Stream.concat(
                                error.errors().stream(),
                                error.violations().stream().map(ErrorView::unnamed))
                        .toList());
    }

    /** A thing that no field of the request named goes by its own name. */
    private static FieldError unnamed(Violation violation) {
        return new FieldError(
                violation.subject().kind(), violation.code(), violation.subject() + " " + violation.message());
    }
}
