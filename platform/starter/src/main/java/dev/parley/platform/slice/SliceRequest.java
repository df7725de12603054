package dev.parley.platform.slice;

import java.util.List;

/**
 * Which part of a list is wanted.
 *
 * @param offset how many items come before it, from 0
 * @param limit how many items it has at most, from 1
 */
public record SliceRequest(long offset, int limit) {

    public SliceRequest {
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("No part of a list: " + limit + " items from " + offset);
        }
    }

    /** Takes the wanted part out of the whole list. */
    public <T> Slice<T> of(List<T> all) {
        return new Slice<>(all.stream().skip(offset).limit(limit).toList(), all.size());
    }
}
