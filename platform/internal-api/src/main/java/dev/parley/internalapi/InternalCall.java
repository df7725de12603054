package dev.parley.internalapi;

import org.jspecify.annotations.Nullable;

/**
 * A call of an internal endpoint as it went over the wire.
 *
 * @param uri the path, encoded, with its query
 * @param request the body of the request; empty if there was none
 * @param contentType of the answer
 * @param answer the body of the answer; empty if there was none
 */
public record InternalCall(
        String method,
        String uri,
        String request,
        int status,
        @Nullable String contentType,
        String answer) {

    /** Where a call is watched. */
    public enum Side {
        /** At the service that asks: the answer may come from a stub. */
        CALLER,
        /** At the service that answers: the request may come from a test. */
        OWNER
    }

    String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    boolean succeeded() {
        return status < 300;
    }
}
