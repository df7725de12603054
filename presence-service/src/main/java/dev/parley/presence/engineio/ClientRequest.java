package dev.parley.presence.engineio;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * The HTTP request that opened a session.
 *
 * @param path as the client sent it, without the query
 * @param headers a copy; may hold credentials, so this record does not print it
 * @param query the decoded query parameters
 * @param remoteAddress the peer of the TCP connection; null if unknown
 * @param client the address by which the sessions of the client are counted
 */
public record ClientRequest(
        String path,
        HttpHeaders headers,
        MultiValueMap<String, String> query,
        @Nullable InetSocketAddress remoteAddress,
        String client) {

    /** @param trustedHops the proxies whose entries in {@code X-Forwarded-For} are trusted */
    static ClientRequest of(ServerHttpRequest request, int trustedHops) {
        // A copy, because the server reuses the memory of the headers after the response.
        return new ClientRequest(
                request.getPath().value(),
                HttpHeaders.copyOf(request.getHeaders()),
                request.getQueryParams(),
                request.getRemoteAddress(),
                ClientAddress.of(request, trustedHops));
    }

    @Override
    public String toString() {
        return "ClientRequest[path=" + path + ", headers=***, query=***, remoteAddress=" + remoteAddress + "]";
    }
}
