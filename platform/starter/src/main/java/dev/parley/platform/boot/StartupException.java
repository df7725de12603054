package dev.parley.platform.boot;

/** A reason not to start that an operator can remove, in one sentence. Only its message is shown. */
public final class StartupException extends RuntimeException {

    public StartupException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
