package dev.parley.notification.notice;

/** What there is to tell. */
enum NoticeKind {
    /** A message was written, to all who may read it. */
    MESSAGE,
    /** Somebody reacted to a message, to its author. */
    REACTION,
    /** Somebody was added to a group, to those who were. */
    GROUP_ADDED
}
