package dev.parley.notification.push;

/** Why somebody is not told of something. */
public enum Suppression {
    OWN("own"),
    MUTED("muted"),
    READ("read"),
    OPEN("open"),
    QUIET_HOURS("quiet-hours"),
    /** The user wants no notifications. */
    DISABLED("disabled"),
    /** The user wants none of this kind. */
    PREFERENCE("preference"),
    NOT_A_MEMBER("not-a-member"),
    DELETED("deleted"),
    /** It was too old when it could have been told. */
    EXPIRED("expired"),
    PROVIDER_OFF("provider-off"),
    DEVICE_GONE("device-gone"),
    /** There is nothing on the device that is to be taken away. */
    NOTHING_SHOWN("nothing-shown");

    private final String wireName;

    Suppression(String wireName) {
        this.wireName = wireName;
    }

    /** What the log and the metrics call it. */
    public String wireName() {
        return wireName;
    }
}
