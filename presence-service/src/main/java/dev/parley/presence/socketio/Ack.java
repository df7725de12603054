package dev.parley.presence.socketio;

import java.util.Arrays;
import java.util.List;

/**
 * The acknowledgement of an event: the arguments with which the client's callback is called. Encoded like those of an
 * event.
 *
 * @param args the arguments, in order
 */
public record Ack(List<?> args) {

    private static final Ack EMPTY = new Ack(List.of());

    public static Ack of(Object... args) {
        return new Ack(Arrays.asList(args));
    }

    /** Calls the client's callback without arguments. */
    public static Ack empty() {
        return EMPTY;
    }
}
