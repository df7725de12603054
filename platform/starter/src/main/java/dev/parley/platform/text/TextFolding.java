package dev.parley.platform.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Folds text for searches and keys: texts that people take for the same, and type for each other, become equal. There is this one
 * folding for people, conversations, messages, mentions and logins; what is stored folded is compared with what is asked for folded.
 *
 * <p>No difference is made by: case ({@code ß} and {@code SS} too); accents of Latin, Greek and Cyrillic; points of Hebrew, Arabic and
 * Syriac; width and other compatible forms (NFKC); tatweel; the Persian, Urdu and Arabic forms of alef, heh, kaf and yeh; soft hyphens
 * and all other default-ignorable characters; the script of decimal digits; letters with a stroke or a tail that have no decomposition
 * ({@code đ ø ł æ œ þ ð ħ ŧ ı}). Marks of other scripts make another letter and stay: が is not か. White space and punctuation stay.
 *
 * <p>What is folded stays the same if it is folded again.
 */
public final class TextFolding {

    private static final Normalizer2 COMPATIBLE = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();
    private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();

    // U+0338 makes another sign of a sign: ≠ is not =. Tatweel and lajanyalan only stretch a word.
    private static final UnicodeSet REMOVED = new UnicodeSet(
                    "[[[\\u0300-\\u036F\\u0483-\\u0487\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF"
                            + "\\uFE20-\\uFE2F[:scx=Hebr:][:scx=Arab:][:scx=Syrc:]]&[:Mn:]]-[\\u0338]\\u0640\\u07FA]")
            .freeze();

    private static final Map<Integer, String> LETTERS = letters();

    private TextFolding() {}

    /** The folded text. It may be longer or shorter than the text, or empty. */
    public static String fold(String text) {
        if (isAscii(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String decomposed = DECOMPOSED.normalize(COMPATIBLE.normalize(text));
        StringBuilder folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i += Character.charCount(decomposed.codePointAt(i))) {
            add(folded, decomposed.codePointAt(i));
        }
        return COMPOSED.normalize(folded);
    }

    private static void add(StringBuilder folded, int codePoint) {
        if (REMOVED.contains(codePoint)) {
            return;
        }
        String letter = LETTERS.get(codePoint);
        if (letter != null) {
            folded.append(letter);
        } else if (codePoint > 0x7F && UCharacter.isDigit(codePoint)) {
            folded.append(UCharacter.digit(codePoint));
        } else {
            folded.appendCodePoint(codePoint);
        }
    }

    /** Most texts are. Of these only the case is folded, which takes no tables. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(unit -> unit < 0x7F);
    }

    private static Map<Integer, String> letters() {
        Map<Integer, String> letters = new HashMap<>();
        put(letters, "d", "đð");
        put(letters, "o", "ø");
        put(letters, "l", "ł");
        put(letters, "ae", "æ");
        put(letters, "oe", "œ");
        put(letters, "th", "þ");
        put(letters, "h", "ħ");
        put(letters, "t", "ŧ");
        put(letters, "i", "ı");
        put(letters, "\u0627", "\u0671\u0672\u0673");
        put(letters, "\u0647", "\u0629\u06BE\u06C1\u06C3\u06D5");
        put(letters, "\u0643", "\u06A9\u06AA");
        put(letters, "\u064A", "\u0649\u06CC\u06D2");
        return Map.copyOf(letters);
    }

    private static void put(Map<Integer, String> letters, String plain, String variants) {
        variants.codePoints().forEach(variant -> letters.put(variant, plain));
    }
}
