package dev.parley.presence.engineio;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * The HTTP request that opened a session.
 *
 * @param path as the client spelled it, without the query
 * @param headers a copy; they may hold credentials, so this record prints none
 * @param query the decoded query parameters
 * @param remoteAddress the peer of the TCP connection, or who a trusted proxy says it is; null if unknown
 */
public record ClientRequest(
        String path,
        HttpHeaders headers,
        MultiValueMap<String, String> query,
        @Nullable InetSocketAddress remoteAddress) {

    static ClientRequest of(ServerHttpRequest request) {
        // The server reuses what is behind the headers of a request once it is answered.
        return new ClientRequest(
                request.getPath().value(),
                HttpHeaders.copyOf(request.getHeaders()),
                request.getQueryParams(),
                request.getRemoteAddress());
    }

    @Override
    public String toString() {
        return "ClientRequest[path=" + path + ", headers=***, query=***, remoteAddress=" + remoteAddress + "]";
    }
}
