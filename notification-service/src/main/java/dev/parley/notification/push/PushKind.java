package dev.parley.notification.push;

/** What a push is for. */
public enum PushKind {
    /** Shows something. */
    ALERT,
    /** Takes away what was shown, because it is read. */
    WITHDRAWAL
}
