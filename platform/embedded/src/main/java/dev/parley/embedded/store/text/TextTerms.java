package dev.parley.embedded.store.text;

import dev.parley.embedded.store.text.Segments.Segment;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The terms under which a text is found: its words, and each two neighbours of a script without spaces. */
public final class TextTerms {

    private static final int MAX_TERM_CHARACTERS = 64;

    private TextTerms() {}

    /** Of several texts, such as the indexed fields of a document. */
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

    /** The pairs, and the last character alone, so that a search for one character finds it by prefix. */
    private static void addPairs(Set<String> terms, String run) {
        int[] codePoints = run.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            terms.add(new String(codePoints, i, Math.min(2, codePoints.length - i)));
        }
    }
}
