package dev.parley.message.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What somebody may see of a conversation: one stretch for each time of being there, less what the user cleared.
 *
 * @param all oldest first, without overlaps
 */
public record VisibleRanges(List<VisibleRange> all) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VisibleRanges {
        all = merged(all);
    }

    private static List<VisibleRange> merged(List<VisibleRange> windows) {
        List<VisibleRange> merged = new ArrayList<>();
        windows.stream()
                .filter(window -> window.fromSeq() <= window.end())
                .sorted(Comparator.comparingLong(VisibleRange::fromSeq))
                .forEach(window -> {
                    VisibleRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                    if (last == null || last.end() < window.fromSeq() - 1) {
                        merged.add(window);
                    } else if (last.end() < window.end()) {
                        merged.set(merged.size() - 1, new VisibleRange(last.fromSeq(), window.toSeq()));
                    }
                });
        return List.copyOf(merged);
    }

    /** Whether the place is in any of the stretches. */
    public boolean hold(long seq) {
        return all.stream().anyMatch(window -> window.holds(seq));
    }

    /** What is to be seen next before a place: the rest of its stretch, or the stretch before. */
    public Optional<VisibleRange> before(long seq) {
        return all.stream()
                .filter(window -> window.fromSeq() < seq)
                .reduce((first, last) -> last)
                .map(window -> new VisibleRange(window.fromSeq(), Math.min(window.end(), seq - 1)));
    }

    /** What is to be seen next after a place: the rest of its stretch, or the stretch behind. */
    public Optional<VisibleRange> after(long seq) {
        return all.stream()
                .filter(window -> window.end() > seq)
                .findFirst()
                .map(window -> new VisibleRange(Math.max(window.fromSeq(), seq + 1), window.end()));
    }
}
