package dev.parley.message.mention;

import dev.parley.events.Block;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The places of a text where somebody may be mentioned, in their order. Whether somebody is, shows when the names are looked
 * up.
 */
record MentionedNames(List<Place> places) {

    /** Names that one text may ask for in all: what is mentioned after them is left out. */
    private static final int MAX_NAMES = 500;

    /**
     * An {@code @} and how the name behind it may be read.
     *
     * @param at where the {@code @} is
     * @param joined whether there is another name directly before it: in {@code @ann@bob} bob is mentioned only if ann is,
     *     because otherwise {@code ann@bob} is an address
     * @param readings the longest first: in {@code @ann.} the name may be {@code ann.}, or {@code ann} at the end of a
     *     sentence
     */
    record Place(int at, boolean joined, List<Reading> readings) {}

    /**
     * @param written as it stands in the text
     * @param folded what people take for the same name
     * @param end where it ends in the text
     */
    record Reading(String written, String folded, int end) {}

    /** @param max places; those after them are left out */
    static MentionedNames in(List<Block> blocks, int max) {
        List<Place> places = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        int start = 0;
        for (Block block : blocks) {
            if (block instanceof Block.Text text) {
                MentionScanner scanner = new MentionScanner(text.plainText(), start);
                Place place = scanner.next();
                while (place != null && places.size() < max) {
                    place.readings().forEach(reading -> names.add(reading.written()));
                    if (names.size() > MAX_NAMES) {
                        return new MentionedNames(List.copyOf(places));
                    }
                    places.add(place);
                    place = scanner.next();
                }
                start += text.plainText().length() + 1;
            }
        }
        return new MentionedNames(List.copyOf(places));
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Every reading of every name, each once. */
    List<String> all() {
        return places.stream()
                .flatMap(place -> place.readings().stream())
                .map(Reading::written)
                .distinct()
                .toList();
    }

    /**
     * The users whom the text mentions, in the order of their names, each once. Of each name the longest reading counts that
     * somebody has.
     *
     * @param userIds by username in lower case and by folded username: of two that fold to the same, the one that is written
     *     counts
     */
    List<String> mentioned(Map<String, String> userIds) {
        Set<String> mentioned = new LinkedHashSet<>();
        int end = 0;
        for (Place place : places) {
            boolean isRead = place.at() < end;
            if (isRead || place.joined() && place.at() != end) {
                continue;
            }
            for (Reading reading : place.readings()) {
                String exact = userIds.get(reading.written().toLowerCase(Locale.ROOT));
                String userId = exact == null ? userIds.get(reading.folded()) : exact;
                if (userId != null) {
                    mentioned.add(userId);
                    end = reading.end();
                    break;
                }
            }
        }
        return List.copyOf(mentioned);
    }
}
