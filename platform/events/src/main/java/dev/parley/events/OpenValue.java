package dev.parley.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * A value of a list that a later version may make longer. Unlike an enum it also holds a value that this version does not
 * know, which is written again as it came. Values of one list with the same name are equal; those that this version knows
 * are the same object, so that they can be compared with {@code ==}.
 */
public abstract class OpenValue {

    private final String name;

    OpenValue(String name) {
        this.name = name;
    }

    /** The known value of that name; empty if the name is of a later version. */
    static <T extends OpenValue> Optional<T> find(String name, List<T> known) {
        return known.stream().filter(value -> value.name().equals(name)).findFirst();
    }

    /** The value as it is written. */
    @JsonValue
    public final String name() {
        return name;
    }

    @Override
    public final boolean equals(Object other) {
        return other != null && other.getClass() == getClass() && ((OpenValue) other).name.equals(name);
    }

    @Override
    public final int hashCode() {
        return name.hashCode();
    }

    @Override
    public final String toString() {
        return name;
    }
}
