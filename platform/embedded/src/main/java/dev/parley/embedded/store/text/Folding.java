package dev.parley.embedded.store.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Folds text, so that texts are equal that differ only in case, accents or width, such as {@code Straße} and {@code STRASSE}. */
final class Folding {

    // Accents of Latin, Greek and Cyrillic. In other scripts marks make another letter: が is not か.
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF]+");

    // Unicode has no plain form for letters with a stroke or a tail, but people type them without it.
    private static final Map<Character, String> LETTERS = Map.of(
            'đ', "d", 'ð', "d", 'ø', "o", 'ł', "l", 'æ', "ae", 'œ', "oe", 'þ', "th", 'ħ', "h", 'ŧ', "t", 'ı', "i");

    private Folding() {}

    static String fold(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        String plain = ACCENTS.matcher(decomposed).replaceAll("");
        // Upper case first: only that turns ß into SS, and both small sigmas into the same letter.
        String lower = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(withPlainLetters(lower), Normalizer.Form.NFC);
    }

    private static String withPlainLetters(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            String plain = LETTERS.get(text.charAt(i));
            if (plain == null) {
                result.append(text.charAt(i));
            } else {
                result.append(plain);
            }
        }
        return result.toString();
    }
}
