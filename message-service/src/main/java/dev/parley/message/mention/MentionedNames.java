package dev.parley.message.mention;

import dev.parley.events.Block;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names after an {@code @} in a text, in lower case, in the order in which they first occur.
 *
 * @param readings of each name, the longest first: in {@code @ann.} the name may be {@code ann.}, or {@code ann} at the end
 *     of a sentence
 */
record MentionedNames(List<List<String>> readings) {

    // The characters of a username. Where one stands before the @ too, it is an e-mail address and no mention.
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}._@+-])@([\\p{L}\\p{M}\\p{N}._@+-]+)");
    private static final String PUNCTUATION = "._@+-";

    /** Characters (UTF-16 units) of a username; nothing longer names anybody. */
    private static final int MAX_LENGTH = 64;

    /** @param max names; those after them are left out */
    static MentionedNames in(List<Block> blocks, int max) {
        Set<List<String>> readings = new LinkedHashSet<>();
        for (Block block : blocks) {
            if (block instanceof Block.Text text) {
                Matcher mentions = MENTION.matcher(text.plainText());
                while (readings.size() < max && mentions.find()) {
                    List<String> name = readings(mentions.group(1));
                    if (!name.isEmpty()) {
                        readings.add(name);
                    }
                }
            }
        }
        return new MentionedNames(List.copyOf(readings));
    }

    /** Without a regular expression, which would try to match at each of many thousand dots. */
    private static List<String> readings(String name) {
        int end = name.length();
        while (end > 0 && PUNCTUATION.indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return Stream.of(name, name.substring(0, end))
                .filter(reading -> !reading.isEmpty() && reading.length() <= MAX_LENGTH)
                .map(reading -> reading.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    boolean isEmpty() {
        return readings.isEmpty();
    }

    /** Every reading of every name. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        readings.forEach(all::addAll);
        return all.stream().distinct().toList();
    }
}
