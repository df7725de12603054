package dev.parley.presence.surface;

import java.util.Locale;

/** Why a device that reconnects cannot be sent what it missed, and must reload. */
public enum ResyncReason {
    /** It was away too long: this node no longer has all events since then. */
    GONE_TOO_LONG,
    /** It sent no stream offset, or an invalid one. */
    UNKNOWN_OFFSET,
    /** It was connected as another user before. */
    OTHER_USER,
    /** This node has not yet read all that another node had sent to the device. */
    SERVER_BEHIND,
    /** Sending what it missed failed. */
    FAILED;

    /** The name in events and metrics. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
