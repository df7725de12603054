package dev.parley.message.search;

import dev.parley.message.indexing.SearchFields;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A message that was found, before it is read.
 *
 * @param files what is stored as {@link SearchFields#FILES}; null where it has none, or where it was not asked for
 */
public record SearchHit(
        @Id String id,
        String conversationId,
        long seq,
        Instant createdAt,
        @Nullable List<String> files) {

    /** Of several conversations, by when they were sent; of one sent at the same time, by place. */
    public static final Comparator<SearchHit> NEWEST_FIRST = Comparator.comparing(SearchHit::createdAt)
            .thenComparing(SearchHit::seq)
            .thenComparing(SearchHit::id)
            .reversed();

    /** How many files of a kind it has; of any kind if it is null. */
    public long files(@Nullable String kind) {
        return Objects.requireNonNullElse(files, List.<String>of()).stream()
                .filter(each -> kind == null ? !each.equals(SearchFields.ANY_FILE) : each.equals(kind))
                .count();
    }
}
