package dev.parley.platform.surface;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.Violation;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * The answer where no surface owns the path: on {@code /internal/**}, on {@code /actuator/**} and on paths that nobody
 * serves. Errors are RFC 9457 problem details; no header is compared with the token.
 */
final class ProblemSurface implements Surface {

    /**
     * @param code the error's name in its catalogue
     * @param errors the fields of the request that break rules
     * @param violations what else breaks rules, by the domain's own names
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Problem(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            String code,
            String traceId,
            List<FieldError> errors,
            List<Violation> violations) {}

    @Override
    public String name() {
        return "problem";
    }

    @Override
    public Set<String> paths() {
        return Set.of();
    }

    @Override
    public ErrorAnswer answer(ApiException error, FailedRequest request) {
        HttpStatusCode status = error.code().status();
        Problem problem = new Problem(
                error.code().type(),
                error.code().title(),
                status.value(),
                error.detail(),
                request.path(),
                error.code().code(),
                request.traceId(),
                error.errors(),
                error.violations());
        return new ErrorAnswer(status, MediaType.APPLICATION_PROBLEM_JSON, problem);
    }

    @Override
    public void checkHeaders(HttpHeaders headers, Jwt token) {
        // Nobody but the platform itself calls these paths.
    }
}
