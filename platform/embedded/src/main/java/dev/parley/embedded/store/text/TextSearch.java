package dev.parley.embedded.store.text;

import dev.parley.embedded.store.text.Segments.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search as people type it. A text matches if it holds every word, as a word or as the start of one, and every phrase in
 * double quotes literally, and no word or phrase after a minus.
 */
public final class TextSearch {

    private static final Pattern PARTS = Pattern.compile("(-?)\"([^\"]*)\"|(\\S+)");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");

    private final Set<String> words = new LinkedHashSet<>();
    private final Set<String> runs = new LinkedHashSet<>();
    private final List<String> phrases = new ArrayList<>();
    private final List<TextSearch> excluded = new ArrayList<>();

    private TextSearch() {}

    public static TextSearch parse(String search) {
        TextSearch result = new TextSearch();
        Matcher parts = PARTS.matcher(search);
        while (parts.find()) {
            String phrase = parts.group(2);
            String word = parts.group(3);
            if (phrase != null) {
                result.add(phrase, !parts.group(1).isEmpty(), true);
            } else if (word.length() > 1 && word.startsWith("-")) {
                result.add(word.substring(1), true, false);
            } else {
                result.add(word, false, false);
            }
        }
        return result;
    }

    private void add(String text, boolean exclude, boolean phrase) {
        if (exclude) {
            TextSearch unwanted = new TextSearch();
            unwanted.add(text, false, phrase);
            excluded.add(unwanted);
            return;
        }
        for (Segment segment : Segments.of(Folding.fold(text))) {
            if (segment.spaceless()) {
                runs.add(segment.text());
            } else {
                words.add(TextTerms.cut(segment.text()));
            }
        }
        if (phrase) {
            phrases.add(spaced(text));
        }
    }

    /** Prefixes: every text that matches has a term that starts with each of them. Empty if the search is empty. */
    public List<String> requiredPrefixes() {
        List<String> prefixes = new ArrayList<>(words);
        for (String run : runs) {
            Set<String> pairs = new LinkedHashSet<>(TextTerms.of(List.of(run)));
            if (pairs.size() > 1) {
                // In a longer text the last character is the start of a pair, so it is not a term by itself.
                pairs.removeIf(term -> term.codePointCount(0, term.length()) == 1);
            }
            prefixes.addAll(pairs);
        }
        return prefixes;
    }

    /** Whether the texts together match. */
    public boolean matches(Collection<String> texts) {
        String all = spaced(String.join(" \n ", texts));
        List<String> found =
                Segments.of(all).stream().map(Segment::text).map(TextTerms::cut).toList();
        return words.stream().allMatch(word -> found.stream().anyMatch(term -> term.startsWith(word)))
                && runs.stream().allMatch(all::contains)
                && phrases.stream().allMatch(all::contains)
                && excluded.stream().noneMatch(unwanted -> unwanted.matches(texts));
    }

    private static String spaced(String text) {
        return BETWEEN_WORDS.matcher(Folding.fold(text)).replaceAll(" ").strip();
    }
}
