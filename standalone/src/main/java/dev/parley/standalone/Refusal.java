package dev.parley.standalone;

/** A reason not to start that the user can do something about. The message is all that is shown. */
final class Refusal extends RuntimeException {

    Refusal(String message) {
        super(message, null, false, false);
    }
}
