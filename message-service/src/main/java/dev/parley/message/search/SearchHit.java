package dev.parley.message.search;

import dev.parley.message.indexing.SearchFields;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A message that a search has hit: as much of it as is needed to sort and to count.
 *
 * @param files what is stored as {@link SearchFields#FILES}; null if the message has no file, or if it was not asked for
 */
record SearchHit(
        @Id String id,
        String conversationId,
        long seq,
        Instant createdAt,
        @Nullable List<String> files) {

    /** By the time of sending; hits of the same time by {@code seq}. */
    static final Comparator<SearchHit> NEWEST_FIRST = Comparator.comparing(SearchHit::createdAt)
            .thenComparing(SearchHit::seq)
            .thenComparing(SearchHit::id)
            .reversed();

    /** @param kind of the files to count; null for all files */
    long files(@Nullable String kind) {
        return Objects.requireNonNullElse(files, List.<String>of()).stream()
                .filter(each -> kind == null ? !each.equals(SearchFields.ANY_FILE) : each.equals(kind))
                .count();
    }
}
