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
 * A search as people type it. Every word must be there, as a word or as the start of one; a phrase in double quotes must
 * be there as it stands; what follows a minus must not be there.
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

    /** Terms of which each begins a term of every match; none when the search is for nothing. */
    public List<String> requiredPrefixes() {
        List<String> prefixes = new ArrayList<>(words);
        for (String run : runs) {
            Set<String> pairs = new LinkedHashSet<>(TextTerms.of(List.of(run)));
            if (pairs.size() > 1) {
                // The last character alone is the start of a pair in a longer text.
                pairs.removeIf(term -> term.codePointCount(0, term.length()) == 1);
            }
            prefixes.addAll(pairs);
        }
        return prefixes;
    }

    /** Whether the texts together hold what is searched for. */
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
