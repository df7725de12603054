package dev.parley.platform.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;

/** Measures and cuts texts. A length is a number of Unicode code points, as JSON Schema and OpenAPI count. */
public final class TextLength {

    private static final BreakIterator CHARACTERS = BreakIterator.getCharacterInstance(ULocale.ROOT);

    private TextLength() {}

    /** The length in code points. */
    public static int of(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }

    /**
     * The beginning of a text, of at most so many code points. It ends where a reader sees a character end (UAX 29, extended
     * grapheme clusters): no accent, no part of an emoji and no half of a surrogate pair is cut off. Only if the first of these
     * is too long by itself it is cut, between two code points.
     */
    public static String cut(String text, int maxCodePoints) {
        if (of(text) <= maxCodePoints) {
            return text;
        }
        int end = text.offsetByCodePoints(0, maxCodePoints);
        BreakIterator characters = characters(text);
        int whole = characters.isBoundary(end) ? end : characters.preceding(end);
        return text.substring(0, whole > 0 ? whole : end);
    }

    /** The characters that a reader sees. An iterator is for one thread and one text. A copy is cheap, and reads nothing from a file. */
    public static BreakIterator characters(String text) {
        BreakIterator characters = (BreakIterator) CHARACTERS.clone();
        characters.setText(text);
        return characters;
    }
}
