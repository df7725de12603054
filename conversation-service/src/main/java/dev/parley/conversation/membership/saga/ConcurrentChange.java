package dev.parley.conversation.membership.saga;

/** Another change was begun after the conversation was read, so the change has to be checked again. */
final class ConcurrentChange extends RuntimeException {

    ConcurrentChange() {
        super("Another change of the membership came first", null, false, false);
    }
}
