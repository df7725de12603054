package dev.parley.presence.transport;

import java.util.Locale;

/** Why a session ended; also the {@code reason} tag of the metric that counts endings. */
public enum CloseReason {
    /** The client said goodbye. */
    CLIENT_LEFT(1000),
    /** The connection broke, or a waiting poll was given up, without a goodbye. */
    CONNECTION_LOST(1001),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT(1001),
    /** More was pending for the client than its bound allows. */
    SLOW_READER(1013),
    /** The client sent something that its protocol does not allow. */
    PROTOCOL_ERROR(1002),
    /** The client sent more in one piece than the server accepts. */
    TOO_LARGE(1009),
    /** The client did not join anything within the time it has for that. */
    CONNECT_TIMEOUT(1008),
    /** The server has no further use for the session. */
    SERVER_CLOSED(1000),
    /** The right to be connected was withdrawn. */
    REVOKED(1008),
    /** The client comes too often: it is to try again later. */
    TRY_LATER(1013),
    /** The server failed while it set the session up. */
    SERVER_ERROR(1011),
    /** The server goes down; another one will serve the client. */
    SHUTDOWN(1012);

    private final int webSocketCode;

    CloseReason(int webSocketCode) {
        this.webSocketCode = webSocketCode;
    }

    /** The status code of the WebSocket close frame (RFC 6455, section 7.4, and the IANA registry). */
    public int webSocketCode() {
        return webSocketCode;
    }

    /** Whether the server chose to end a session in good order, so that the client is owed what was sent before. */
    public boolean isOrderly() {
        return this == SERVER_CLOSED || this == REVOKED || this == SHUTDOWN;
    }

    /** Whether the client, not the server, ended the session: what it sent before still counts. */
    public boolean isByClient() {
        return this == CLIENT_LEFT || this == CONNECTION_LOST;
    }

    /** The name in metrics and close frames, such as {@code slow-reader}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
