package dev.parley.presence.engineio;

import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** The prefix of the session ids of a node, by which a gateway in front of several nodes finds the node of a session. */
final class NodeTag {

    /** A header of the request that opens a session. Set by the gateway, which removes it from clients' requests. */
    static final String HEADER = "Parley-Node";

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,16}");

    private NodeTag() {}

    /** The prefix with the dot that ends it; empty if the request has no valid tag. */
    static String prefixFor(HttpHeaders opening) {
        String tag = opening.getFirst(HEADER);
        return tag != null && TAG.matcher(tag).matches() ? tag + "." : "";
    }
}
