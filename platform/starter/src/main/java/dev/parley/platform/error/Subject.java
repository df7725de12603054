package dev.parley.platform.error;

/**
 * The thing that a failure is about, by the domain's own name for it. Which field of a request named it, if any did, is
 * known to the client surface alone: see {@link FieldNames}.
 *
 * @param kind what it is, such as {@code user}
 * @param id which one of them
 */
public record Subject(String kind, String id) {

    private static final String LIMIT = "limit";

    public static Subject of(String kind, String id) {
        return new Subject(kind, id);
    }

    /** A bound that a request goes past, such as {@code participants}. */
    public static Subject limit(String name) {
        return new Subject(LIMIT, name);
    }

    @Override
    public String toString() {
        return kind + " " + id;
    }
}
