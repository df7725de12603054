package dev.parley.message.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.parley.message.store.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All messages of a conversation that a user may see: a range for each time of being a member, without what the user
 * cleared.
 *
 * @param all oldest first, without overlaps
 * @param asOf when the user left, and as of when the user sees messages; null for a member, who sees them as they are
 */
public record VisibleRanges(
        List<VisibleRange> all, @Nullable Instant asOf) {

    public VisibleRanges {
        all = merged(all);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static VisibleRanges ofMember(List<VisibleRange> all) {
        return new VisibleRanges(all, null);
    }

    /** The same for somebody who left at a time. */
    VisibleRanges asOf(Instant time) {
        return new VisibleRanges(all, time);
    }

    /** The last {@code seq} of all; zero if there is none. */
    long end() {
        return all.isEmpty() ? 0 : all.get(all.size() - 1).end();
    }

    /** A message as the user sees it. */
    public Message shown(Message message) {
        return asOf == null ? message : message.asOf(asOf);
    }

    private static List<VisibleRange> merged(List<VisibleRange> ranges) {
        List<VisibleRange> merged = new ArrayList<>();
        ranges.stream()
                .filter(range -> range.fromSeq() <= range.end())
                .sorted(Comparator.comparingLong(VisibleRange::fromSeq))
                .forEach(range -> {
                    VisibleRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                    if (last == null || last.end() < range.fromSeq() - 1) {
                        merged.add(range);
                    } else if (last.end() < range.end()) {
                        merged.set(merged.size() - 1, new VisibleRange(last.fromSeq(), range.toSeq()));
                    }
                });
        return List.copyOf(merged);
    }

    public boolean contains(long seq) {
        return all.stream().anyMatch(range -> range.contains(seq));
    }

    /** What is visible next before a {@code seq}: the rest of the range that contains it, or the range before. */
    public Optional<VisibleRange> before(long seq) {
        return all.stream()
                .filter(range -> range.fromSeq() < seq)
                .reduce((first, last) -> last)
                .map(range -> new VisibleRange(range.fromSeq(), Math.min(range.end(), seq - 1)));
    }

    /** What is visible next after a {@code seq}: the rest of the range that contains it, or the range after. */
    public Optional<VisibleRange> after(long seq) {
        return all.stream()
                .filter(range -> range.end() > seq)
                .findFirst()
                .map(range -> new VisibleRange(Math.max(range.fromSeq(), seq + 1), range.end()));
    }
}
