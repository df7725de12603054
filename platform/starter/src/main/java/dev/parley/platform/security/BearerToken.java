package dev.parley.platform.security;

/** A token that never shows in a log. */
public record BearerToken(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
