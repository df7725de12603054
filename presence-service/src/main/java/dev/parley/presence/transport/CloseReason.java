package dev.parley.presence.transport;

import java.util.Locale;

/** Why a session ended; also the {@code reason} tag of the metric that counts closed sessions. */
public enum CloseReason {
    /** The client closed the session. */
    CLIENT_LEFT(1000),
    /** The connection broke, or the client gave up a waiting poll, without closing the session. */
    CONNECTION_LOST(1001),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT(1001),
    /** More bytes were pending for the client than the limit allows. */
    SLOW_READER(1013),
    /** The client sent something that its protocol does not allow. */
    PROTOCOL_ERROR(1002),
    /** The client sent more in one piece than the server accepts. */
    TOO_LARGE(1009),
    /** The client was refused too often. */
    TOO_MANY_REFUSALS(1008),
    /** The client joined no namespace in time. */
    CONNECT_TIMEOUT(1008),
    /** The server has no further use for the session. */
    SERVER_CLOSED(1000),
    /** The sign-in of the client was revoked. */
    REVOKED(1008),
    /** The client connects too often, or cannot be served now: it must try again later. */
    TRY_LATER(1013),
    /** The server failed while it set up the session. */
    SERVER_ERROR(1011),
    /** The server shuts down; another one will serve the client. */
    SHUTDOWN(1012);

    private final int webSocketCode;

    CloseReason(int webSocketCode) {
        this.webSocketCode = webSocketCode;
    }

    /** The status code of the WebSocket close frame (RFC 6455, section 7.4, and the IANA registry). */
    public int webSocketCode() {
        return webSocketCode;
    }

    /** Whether the server closed the session on purpose, so that what was sent before must still reach the client. */
    public boolean isOrderly() {
        return this == SERVER_CLOSED || this == REVOKED || this == SHUTDOWN;
    }

    /** Whether the client ended the session, not the server: commands that it sent before are still run. */
    public boolean isByClient() {
        return this == CLIENT_LEFT || this == CONNECTION_LOST;
    }

    /** The name in metrics and close frames, such as {@code slow-reader}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
