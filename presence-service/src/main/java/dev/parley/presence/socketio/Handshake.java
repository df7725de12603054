package dev.parley.presence.socketio;

import dev.parley.presence.engineio.ClientRequest;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client sends when it wants to join a namespace.
 *
 * @param request the HTTP request that opened the connection
 * @param auth the payload of the CONNECT packet; empty if the client sent none. Holds credentials, so it is not printed
 */
public record Handshake(ClientRequest request, ObjectNode auth) {

    public HttpHeaders headers() {
        return request.headers();
    }

    public MultiValueMap<String, String> query() {
        return request.query();
    }

    public @Nullable InetSocketAddress remoteAddress() {
        return request.remoteAddress();
    }

    @Override
    public String toString() {
        return "Handshake[request=" + request + ", auth=***]";
    }
}
