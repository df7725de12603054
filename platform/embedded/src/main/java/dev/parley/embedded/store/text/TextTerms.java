package dev.parley.embedded.store.text;

import dev.parley.embedded.store.text.Segments.Segment;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The terms of a text: its words, and each pair of neighbouring characters in a script without spaces. */
public final class TextTerms {

    private static final int MAX_TERM_CHARACTERS = 64;

    private TextTerms() {}

    /** The terms of several texts, such as the indexed fields of a document. */
    public static Set<String> of(Collection<String> texts) {
        Set<String> terms = new LinkedHashSet<>();
        for (String text : texts) {
            for (Segment segment : Segments.of(Folding.fold(text))) {
                if (segment.spaceless()) {
                    addPairs(terms, segment.text());
                } else {
                    terms.add(cut(segment.text()));
                }
            }
        }
        return terms;
    }

    static String cut(String word) {
        return word.length() <= MAX_TERM_CHARACTERS ? word : word.substring(0, MAX_TERM_CHARACTERS);
    }

    /** Adds the pairs, and the last character alone, so that a search for one character finds it too. */
    private static void addPairs(Set<String> terms, String run) {
        int[] codePoints = run.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            terms.add(new String(codePoints, i, Math.min(2, codePoints.length - i)));
        }
    }
}
