package dev.parley.auth.credential;

/** A password as its owner typed it. */
public record Password(String value) {

    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 128;

    @Override
    public String toString() {
        return "***";
    }
}
