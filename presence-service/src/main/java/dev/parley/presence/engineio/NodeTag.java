package dev.parley.presence.engineio;

import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** What the ids of a node's sessions begin with, so that whoever stands before several nodes finds the session's. */
final class NodeTag {

    /** In the request that opens a session; set by the gateway, never by a client that comes through it. */
    static final String HEADER = "Parley-Node";

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,16}");

    private NodeTag() {}

    /** The beginning of a session's id, with the dot that ends it; empty if the request names none. */
    static String prefixFor(HttpHeaders opening) {
        String tag = opening.getFirst(HEADER);
        return tag != null && TAG.matcher(tag).matches() ? tag + "." : "";
    }
}
