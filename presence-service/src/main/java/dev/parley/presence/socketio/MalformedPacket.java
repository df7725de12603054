package dev.parley.presence.socketio;

/** A packet that the protocol does not allow; its connection is closed. */
final class MalformedPacket extends RuntimeException {

    MalformedPacket(String message) {
        super(message, null, false, false);
    }
}
