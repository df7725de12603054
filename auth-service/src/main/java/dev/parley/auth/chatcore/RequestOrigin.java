package dev.parley.auth.chatcore;

import dev.parley.auth.credential.LoginLimitSettings;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.TokenVerifier;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import reactor.core.publisher.Mono;

/**
 * Finds out who sent a request, and from which address, on endpoints that need no token. Each proxy appends the address of its
 * caller to {@code X-Forwarded-For}. So only as many entries at the end of the header are trusted as there are proxies of our own;
 * a client can write the others.
 */
@Component
final class RequestOrigin {

    private static final String UNKNOWN = "unknown";

    /** An IPv6 address with its zone is not longer. */
    private static final int MAX_LENGTH = 64;

    private static final String BEARER = "Bearer ";

    private final int trustedHops;
    private final TokenVerifier verifier;

    RequestOrigin(LoginLimitSettings settings, TokenVerifier verifier) {
        this.trustedHops = settings.trustedHops();
        this.verifier = verifier;
    }

    /** @return fails with 401 if the request has no valid access token */
    Mono<Caller> caller(ServerHttpRequest request) {
        String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? verifier.verify(header.substring(BEARER.length()).strip())
                : Mono.error(() -> ApiException.of(
                        PlatformError.TOKEN_MISSING,
                        "Send a refresh token, or a token: Authorization: Bearer <token>"));
    }

    String address(ServerHttpRequest request) {
        List<String> forwarded = request.getHeaders().getOrEmpty("X-Forwarded-For").stream()
                .flatMap(header -> List.of(StringUtils.tokenizeToStringArray(header, ",")).stream())
                .toList();
        if (trustedHops == 0 || forwarded.isEmpty()) {
            return peer(request);
        }
        String address = forwarded.get(Math.max(0, forwarded.size() - trustedHops));
        return address.length() > MAX_LENGTH ? UNKNOWN : address;
    }

    private static String peer(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        return peer == null || peer.getAddress() == null
                ? UNKNOWN
                : peer.getAddress().getHostAddress();
    }
}
