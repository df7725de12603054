package dev.parley.conversation.membership.saga;

/** Another change was noted since the conversation was read: what was judged has to be judged again. */
final class ConcurrentChange extends RuntimeException {

    ConcurrentChange() {
        super("Another change of the membership came first", null, false, false);
    }
}
