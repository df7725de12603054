package dev.parley.embedded.store.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes texts equal that differ only in case, accents or width: {@code Straße}, {@code STRASSE} and {@code strasse}. */
final class Folding {

    // Accents of Latin, Greek and Cyrillic. The marks of other scripts carry meaning: が is not か.
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF]+");

    // Letters with a stroke or a tail are letters of their own in Unicode, yet people type them without.
    private static final Map<Character, String> LETTERS = Map.of(
            'đ', "d", 'ð', "d", 'ø', "o", 'ł', "l", 'æ', "ae", 'œ', "oe", 'þ', "th", 'ħ', "h", 'ŧ', "t", 'ı', "i");

    private Folding() {}

    static String fold(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        String plain = ACCENTS.matcher(decomposed).replaceAll("");
        // Upper case first: it alone takes ß to SS and the two small sigmas to one.
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
