package dev.parley.presence.routing;

/** This node may not have got all that concerns it: it must start again. */
final class InboxLostException extends RuntimeException {

    InboxLostException(String message) {
        super(message);
    }
}
