package dev.parley.platform.request;

import org.springframework.http.HttpHeaders;

/** What the head of a request says of the rest. */
public final class RequestHead {

    private RequestHead() {}

    /** Whether a body follows, of a length that is stated or not. */
    public static boolean hasBody(HttpHeaders request) {
        return request.getContentLength() > 0 || request.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }
}
