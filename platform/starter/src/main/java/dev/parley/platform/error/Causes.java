package dev.parley.platform.error;

import java.util.Objects;
import java.util.stream.Stream;

/** A failure, what caused it, what caused that, and so on. */
public final class Causes {

    private Causes() {}

    /** The failure itself first. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Whether the failure or one of its causes is of this type. */
    public static boolean include(Throwable failure, Class<? extends Throwable> type) {
        return of(failure).anyMatch(type::isInstance);
    }
}
