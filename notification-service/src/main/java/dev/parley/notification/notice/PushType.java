package dev.parley.notification.notice;

/** What a push is to who gets it. */
enum PushType {
    MESSAGE("message"),
    /** A message of a group that names the recipient. */
    MENTION("mention"),
    REACTION("reaction"),
    GROUP_ADDED("group-added");

    private final String wireName;

    PushType(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
