package dev.parley.platform.error;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that fails for a reason of the error catalogue. Control flow, so it carries no stack trace.
 *
 * <p>The domain says which {@linkplain Violation things} break rules; an adapter says which {@linkplain FieldError fields}
 * of its client's request do.
 */
public final class ApiException extends RuntimeException {

    /** Of a part of the platform that is away and does not say for how long. */
    private static final Duration WHEN_NOT_SAID = Duration.ofSeconds(1);

    private final ErrorCode code;
    private final List<FieldError> errors;
    private final List<Violation> violations;
    private final @Nullable Duration retryAfter;
    private final @Nullable String traceId;

    private ApiException(
            ErrorCode code,
            String detail,
            List<FieldError> errors,
            List<Violation> violations,
            @Nullable Duration retryAfter,
            @Nullable String traceId) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.violations = List.copyOf(violations);
        this.retryAfter = retryAfter == null && code.isUnavailable() ? WHEN_NOT_SAID : retryAfter;
        this.traceId = traceId;
    }

    /** @param detail what is wrong with this very request; shown to the client */
    public static ApiException of(ErrorCode code, String detail) {
        return new ApiException(code, detail, List.of(), List.of(), null, null);
    }

    /** A request that is refused because of some things of the domain; every one of them is named. */
    public static ApiException of(ErrorCode code, String detail, List<Violation> violations) {
        return new ApiException(code, detail, List.of(), violations, null, null);
    }

    /** A request with fields that break rules; every one of them is named. */
    public static ApiException invalid(List<FieldError> errors) {
        return new ApiException(
                PlatformError.INVALID_REQUEST, invalidDetail(errors, List.of()), errors, List.of(), null, null);
    }

    /** A request about things that break rules of the domain; every one of them is named. */
    public static ApiException violated(List<Violation> violations) {
        return new ApiException(
                PlatformError.INVALID_REQUEST, invalidDetail(List.of(), violations), List.of(), violations, null, null);
    }

    /** A failure that may pass: the client is told when to try again. */
    public static ApiException retryLater(ErrorCode code, String detail, Duration retryAfter) {
        return new ApiException(code, detail, List.of(), List.of(), retryAfter, null);
    }

    /** A failure that the client is told no more of than the id under which it was logged. */
    public static ApiException logged(ErrorCode code, String detail, String traceId) {
        return new ApiException(code, detail, List.of(), List.of(), null, traceId);
    }

    /** The same for a failure that may pass. */
    static ApiException logged(ErrorCode code, String detail, Duration retryAfter, String traceId) {
        return new ApiException(code, detail, List.of(), List.of(), retryAfter, traceId);
    }

    /**
     * A refusal of another service, passed on as it was.
     *
     * @param traceId under which the other service logged it, if it did
     */
    public static ApiException relayed(
            ErrorCode code,
            String detail,
            List<FieldError> errors,
            List<Violation> violations,
            @Nullable Duration retryAfter,
            @Nullable String traceId) {
        return new ApiException(code, detail, errors, violations, retryAfter, traceId);
    }

    /** The same failure about these fields and things. */
    ApiException with(List<FieldError> errors, List<Violation> violations) {
        String detail = code == PlatformError.INVALID_REQUEST ? invalidDetail(errors, violations) : detail();
        return new ApiException(code, detail, errors, violations, retryAfter, traceId);
    }

    private static String invalidDetail(List<FieldError> errors, List<Violation> violations) {
        return Stream.concat(
                        errors.stream().map(FieldError::field),
                        violations.stream().map(violation -> violation.subject().toString()))
                .collect(Collectors.joining(", ", "Invalid: ", ""));
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

    /** What breaks a rule and has no field's name yet: see {@link FieldNames}. */
    public List<Violation> violations() {
        return violations;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Under which the failure was logged; null if it was not. */
    public @Nullable String traceId() {
        return traceId;
    }
}
