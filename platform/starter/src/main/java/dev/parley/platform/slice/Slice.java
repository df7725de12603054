package dev.parley.platform.slice;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items what is in the part, in the list's order
 * @param total how many items the whole list has
 */
public record Slice<T>(List<T> items, long total) {

    public <R> Slice<R> map(Function<T, R> form) {
        return with(items.stream().map(form).toList());
    }

    /** The same part with its items in another form. */
    public <R> Slice<R> with(List<R> forms) {
        return new Slice<>(forms, total);
    }
}
