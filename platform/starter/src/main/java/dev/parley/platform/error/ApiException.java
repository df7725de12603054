package dev.parley.platform.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that fails for a reason of the error catalogue. Control flow, so it carries no stack trace. */
public final class ApiException extends RuntimeException {

    private final ErrorCode code;
    private final List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private ApiException(ErrorCode code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** @param detail what is wrong with this very request; shown to the client */
    public static ApiException of(ErrorCode code, String detail) {
        return new ApiException(code, detail, List.of(), null);
    }

    /** A request with fields that break rules; every one of them is named. */
    public static ApiException invalid(List<FieldError> errors) {
        String fields = String.join(", ", errors.stream().map(FieldError::field).toList());
        return new ApiException(PlatformError.INVALID_REQUEST, "Invalid: " + fields, errors, null);
    }

    /** A refusal of another service, passed on as it was. */
    public static ApiException relayed(
            ErrorCode code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        return new ApiException(code, detail, errors, retryAfter);
    }

    /** A failure that may pass: the client is told when to try again. */
    public static ApiException retryLater(ErrorCode code, String detail, Duration retryAfter) {
        return new ApiException(code, detail, List.of(), retryAfter);
    }

    public ErrorCode code() {
        return code;
    }

    /** What the client may be shown of this occurrence. */
    public String detail() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
