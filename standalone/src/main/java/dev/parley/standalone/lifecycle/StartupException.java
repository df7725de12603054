package dev.parley.standalone.lifecycle;

/** A reason not to start that the user can remove. Only its message is shown. */
public final class StartupException extends RuntimeException {

    public StartupException(String message) {
        super(message, null, false, false);
    }
}
