package dev.parley.notification.push;

import java.util.Locale;

/** What has become of a push. */
public enum PushStatus {
    /** It is to be sent, or is being sent. */
    WAITING,
    /** The provider took it. */
    ACCEPTED,
    /** The provider says that the device has it. Not every provider says so. */
    DELIVERED,
    /** It was not taken, and is not sent again. */
    FAILED,
    /** It was not to be sent. */
    SUPPRESSED;

    /** What the log and the metrics call it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
