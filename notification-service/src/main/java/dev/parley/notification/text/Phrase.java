package dev.parley.notification.text;

/** What is said in every language: the keys of the files in {@code texts}. */
enum Phrase {
    MESSAGE_PRIVATE("message.private"),
    MESSAGE_GROUP("message.group"),
    REPLY_DIRECT("reply.direct"),
    REPLY_DIRECT_TO_YOU("reply.direct.you"),
    REPLY_GROUP("reply.group"),
    REPLY_GROUP_TO_YOU("reply.group.you"),
    MENTION("mention"),
    MENTION_PRIVATE("mention.private"),
    REACTION_DIRECT("reaction.direct"),
    REACTION_GROUP("reaction.group"),
    REACTION_PRIVATE("reaction.private"),
    ADDED("added"),
    GROUP_UNNAMED("group.unnamed"),
    PERSON_UNKNOWN("person.unknown"),
    PHOTOS("photos"),
    VIDEOS("videos"),
    VIDEO_TIMED("video.timed"),
    VOICE("voice"),
    VOICE_TIMED("voice.timed"),
    FILES("files"),
    DIGEST_SUBJECT("digest.subject"),
    DIGEST_INTRO("digest.intro"),
    DIGEST_UNREAD("digest.unread"),
    DIGEST_FROM("digest.from"),
    DIGEST_FROM_MORE("digest.from.more"),
    DIGEST_MORE("digest.more"),
    DIGEST_WHY("digest.why"),
    DIGEST_UNSUBSCRIBE("digest.unsubscribe"),
    DIGEST_QUESTION("digest.question"),
    DIGEST_BUTTON("digest.button"),
    DIGEST_DONE("digest.done");

    private final String key;

    Phrase(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
