package dev.parley.presence.surface;

import java.util.Locale;

/** Why a device that comes back cannot be sent what it missed, and must reload. */
public enum ResyncReason {
    /** More has happened, or longer ago, than this node knows. */
    GONE_TOO_LONG,
    /** It gave no stream offset, or one that cannot be read. */
    UNKNOWN_OFFSET,
    /** It was connected as somebody else before. */
    OTHER_USER,
    /** This node has not read as far as the device had been told elsewhere. */
    SERVER_BEHIND,
    /** Sending what it missed failed. */
    FAILED;

    /** As clients and metrics name it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
