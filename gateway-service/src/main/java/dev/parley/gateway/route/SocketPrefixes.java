package dev.parley.gateway.route;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under which paths clients may connect.
 *
 * @param socketPrefixes paths before {@code /socket.io} that are accepted, and cut off, beside none at all
 */
@ConfigurationProperties("parley.gateway")
public record SocketPrefixes(@DefaultValue("/chat-api") List<String> socketPrefixes) {

    private static final String SOCKET_IO = "/socket.io/**";

    /** Path patterns of every way to connect. */
    public List<String> patterns() {
        List<String> patterns = new ArrayList<>();
        patterns.add(SOCKET_IO);
        socketPrefixes.forEach(prefix -> patterns.add(prefix + SOCKET_IO));
        return patterns;
    }
}
