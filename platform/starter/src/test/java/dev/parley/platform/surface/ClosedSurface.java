package dev.parley.platform.surface;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * A made-up surface that differs from all others in everything that a surface decides: its errors are
 * {@code {"error": {"message", "data"?}}} in plain JSON, and a header that contradicts the token is a 401.
 */
public final class ClosedSurface implements Surface {

    public static final String SESSION_HEADER = "x-session";

    @Override
    public String name() {
        return "closed";
    }

    @Override
    public Set<String> paths() {
        return Set.of("/closed");
    }

    @Override
    public ErrorAnswer answer(ApiException error, FailedRequest request) {
        List<String> data = Stream.concat(
                        error.errors().stream().map(wrong -> "request body " + wrong.message()),
                        error.violations().stream().map(wrong -> wrong.subject().kind() + " " + wrong.code()))
                .toList();
        String message = error.code() == PlatformError.INTERNAL
                ? "ask for " + request.traceId()
                : error.code().title();
        Map<String, ?> body = data.isEmpty() ? Map.of("message", message) : Map.of("message", message, "data", data);
        return new ErrorAnswer(error.code().status(), MediaType.APPLICATION_JSON, Map.of("error", body));
    }

    @Override
    public void checkHeaders(HttpHeaders headers, Jwt token) {
        String session = headers.getFirst(SESSION_HEADER);
        if (session != null && !session.equals(token.getClaimAsString("sid"))) {
            throw ApiException.of(PlatformError.TOKEN_INVALID, "Another session's token");
        }
    }
}
