package dev.parley.platform.surface;

import dev.parley.platform.error.ApiException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * One family of clients: its paths, its form of an error, its rule on headers. A service has a surface if there is a bean
 * of this type for it.
 */
public interface Surface {

    /** Its name, such as {@code chat-core}; no two surfaces of a service have the same. */
    String name();

    /**
     * The beginnings of its paths, in whole segments: {@code /api/v1} owns {@code /api/v1/users} and not {@code /api/v10}.
     * Where several surfaces own a path, the longest beginning counts.
     */
    Set<String> paths();

    /** How it answers a request that failed. */
    ErrorAnswer answer(ApiException error, FailedRequest request);

    /**
     * Checks the headers of a request that has a verified token. No header is ever believed: it may only agree.
     *
     * @throws ApiException if a header contradicts the token
     */
    void checkHeaders(HttpHeaders headers, Jwt token);
}
