package dev.parley.notification.notice;

/** What became of a notice. */
enum NoticeState {
    /** It was not brought to all yet. */
    WAITING,
    /** All who are told have their pushes, which may wait still. */
    DONE,
    /** It was taken back before. */
    CANCELLED,
    /** It failed until it was too old. */
    FAILED
}
