package dev.parley.presence.socketio;

import java.util.Arrays;
import java.util.List;

/**
 * The answer to an event: the arguments that the client's callback is called with. Written as those of an event.
 *
 * @param args in order
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
