package dev.parley.gateway.route;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under which paths clients may connect.
 *
 * @param socketPrefixes paths that may stand before the path of a socket, such as {@code /socket.io}, and before
 *     {@code /api}; they are cut off.
 *     {@code parley.chatcore.prefixes} follows from them, and checks them
 */
@ConfigurationProperties("parley.gateway")
public record SocketPrefixes(@DefaultValue("/chat-api") List<String> socketPrefixes) {

    private static final String API = "/api/";

    /** The path of the API without the prefix that stands before it. */
    public String cutOff(String path) {
        for (String prefix : socketPrefixes) {
            if (path.startsWith(prefix) && path.startsWith(API, prefix.length())) {
                return path.substring(prefix.length());
            }
        }
        return path;
    }
}
