package dev.parley.surface.chatcore;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.TokenClaims;
import dev.parley.platform.surface.ErrorAnswer;
import dev.parley.platform.surface.FailedRequest;
import dev.parley.platform.surface.Surface;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.jwt.Jwt;

/** chat-core over REST: {@code /api/v1}, and the openings of its sockets. */
final class ChatCoreSurface implements Surface {

    private static final List<String> PATHS = List.of("/api/v1", "/socket.io");
    private static final String TENANT_HEADER = "X-Tenant-ID";
    private static final String USER_HEADER = "x-user-id";

    private final Set<String> paths = new HashSet<>(PATHS);

    ChatCoreSurface(ChatCoreSettings settings) {
        settings.prefixes().forEach(prefix -> PATHS.forEach(path -> paths.add(prefix + path)));
    }

    @Override
    public String name() {
        return "chat-core";
    }

    @Override
    public Set<String> paths() {
        return paths;
    }

    @Override
    public ErrorAnswer answer(ApiException error, FailedRequest request) {
        return new ErrorAnswer(error.code().status(), MediaType.APPLICATION_PROBLEM_JSON, ErrorView.of(error, request));
    }

    @Override
    public void checkHeaders(HttpHeaders headers, Jwt token) {
        require(TENANT_HEADER, headers, token.getClaimAsString(TokenClaims.TENANT));
        require(USER_HEADER, headers, token.getSubject());
    }

    private static void require(String header, HttpHeaders headers, @Nullable String claim) {
        for (String given : headers.getOrEmpty(header)) {
            // An empty header says nothing.
            if (!given.isBlank() && !given.equals(claim)) {
                throw ApiException.of(PlatformError.HEADER_MISMATCH, header + " is not the token's");
            }
        }
    }
}
