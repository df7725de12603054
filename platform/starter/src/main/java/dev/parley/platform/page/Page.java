package dev.parley.platform.page;

import java.util.List;
import java.util.function.Function;

/** A numbered page of a list. */
public record Page<T>(List<T> data, Meta meta) {

    /**
     * @param page from 1
     * @param limit how many entries a page has at most
     * @param total how many entries there are in all
     */
    public record Meta(int page, int limit, long total, long totalPages, boolean hasMore) {}

    public static <T> Page<T> of(List<T> data, PageRequest request, long total) {
        long totalPages = (total + request.limit() - 1) / request.limit();
        boolean hasMore = (long) request.page() * request.limit() < total;
        return new Page<>(data, new Meta(request.page(), request.limit(), total, totalPages, hasMore));
    }

    public <R> Page<R> map(Function<T, R> view) {
        return with(data.stream().map(view).toList());
    }

    /** The same page with its entries in another form. */
    public <R> Page<R> with(List<R> views) {
        return new Page<>(views, meta);
    }
}
