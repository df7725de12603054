package dev.parley.auth.chatcore;

import dev.parley.auth.credential.LoginLimitSettings;
import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.TokenVerifier;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
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

    private static final int NETWORK_BYTES = 8;

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

    /** The address that limits count by: an IPv6 address stands for its /64 network, which one client has to itself. */
    String address(ServerHttpRequest request) {
        return network(remote(request));
    }

    private String remote(ServerHttpRequest request) {
        List<String> forwarded = request.getHeaders().getOrEmpty("X-Forwarded-For").stream()
                .flatMap(header -> List.of(StringUtils.tokenizeToStringArray(header, ",")).stream())
                .toList();
        if (trustedHops == 0 || forwarded.isEmpty()) {
            return peer(request);
        }
        String address = forwarded.get(Math.max(0, forwarded.size() - trustedHops));
        return address.length() > MAX_LENGTH ? UNKNOWN : address;
    }

    private static String network(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return address;
        }
        InetAddress parsed = parsed(bytes);
        if (parsed instanceof Inet4Address) {
            return parsed.getHostAddress();
        }
        return parsed(Arrays.copyOf(Arrays.copyOf(bytes, NETWORK_BYTES), bytes.length))
                        .getHostAddress() + "/64";
    }

    /** An IPv4 address that is written as an IPv6 one is an IPv4 address again. */
    private static InetAddress parsed(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String peer(ServerHttpRequest request) {
        InetSocketAddress peer = request.getRemoteAddress();
        return peer == null || peer.getAddress() == null
                ? UNKNOWN
                : peer.getAddress().getHostAddress();
    }
}
