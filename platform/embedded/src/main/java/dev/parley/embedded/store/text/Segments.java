package dev.parley.embedded.store.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits folded text into words. A script without spaces between words is not split: its characters stay one run. */
final class Segments {

    /**
     * A word, or a run of characters without spaces.
     *
     * @param spaceless whether its script has no spaces between words
     */
    record Segment(String text, boolean spaceless) {}

    private static final Set<UnicodeScript> SPACELESS = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);
    private static final int LONG_VOWEL = 'ー';
    private static final int ITERATION_MARK = '々';

    private Segments() {}

    static List<Segment> of(String folded) {
        List<Segment> segments = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        boolean spaceless = false;
        for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
            int codePoint = folded.codePointAt(i);
            boolean here = isSpaceless(codePoint);
            if (!isWord(codePoint) || here != spaceless) {
                add(segments, current, spaceless);
            }
            if (isWord(codePoint)) {
                current.appendCodePoint(codePoint);
                spaceless = here;
            }
        }
        add(segments, current, spaceless);
        return segments;
    }

    private static void add(List<Segment> segments, StringBuilder current, boolean spaceless) {
        if (!current.isEmpty()) {
            segments.add(new Segment(current.toString(), spaceless));
            current.setLength(0);
        }
    }

    private static boolean isSpaceless(int codePoint) {
        return codePoint == LONG_VOWEL
                || codePoint == ITERATION_MARK
                || SPACELESS.contains(UnicodeScript.of(codePoint)) && isWord(codePoint);
    }

    private static boolean isWord(int codePoint) {
        if (Character.isLetterOrDigit(codePoint)) {
            return true;
        }
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
