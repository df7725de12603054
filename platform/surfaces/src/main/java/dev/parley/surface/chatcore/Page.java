package dev.parley.surface.chatcore;

import dev.parley.platform.slice.Slice;
import java.util.List;

/** A numbered page of a list. */
public record Page<T>(List<T> data, Meta meta) {

    /**
     * @param page from 1
     * @param limit how many entries a page has at most
     * @param total how many entries there are in all
     */
    public record Meta(int page, int limit, long total, long totalPages, boolean hasMore) {}

    public static <T> Page<T> of(Slice<T> slice, PageQuery query) {
        long total = slice.total();
        long totalPages = (total + query.limit() - 1) / query.limit();
        boolean hasMore = (long) query.page() * query.limit() < total;
        return new Page<>(slice.items(), new Meta(query.page(), query.limit(), total, totalPages, hasMore));
    }
}
