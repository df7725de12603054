package dev.parley.conversation.change;

/** Another change was noted since the conversation was read: what was judged has to be judged again. */
final class Overtaken extends RuntimeException {

    Overtaken() {
        super("Another change of the membership came first", null, false, false);
    }
}
