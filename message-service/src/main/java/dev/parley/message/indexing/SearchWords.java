package dev.parley.message.indexing;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words by which a text is found. Case, accents and width make no difference: {@code Straße} and {@code STRASSE} are
 * both {@code strasse}. They do not depend on what the document store takes for a word. Text in a script without spaces is
 * cut into its characters and its pairs of neighbouring characters.
 */
public final class SearchWords {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    // Accents of Latin, Greek and Cyrillic. The marks of other scripts carry meaning.
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036F]+");

    private static final Set<UnicodeScript> SPACELESS = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** The first character of Thai; all characters before it are of scripts with spaces. */
    private static final int FIRST_SPACELESS = 0x0E01;

    private SearchWords() {}

    /** The words of a text that is stored, each once. */
    public static Set<String> of(String text) {
        return words(text, true);
    }

    /** The words that a text must contain to be found. */
    public static Set<String> toFind(String search) {
        return words(search, false);
    }

    private static Set<String> words(String text, boolean stored) {
        Set<String> words = new LinkedHashSet<>();
        Matcher matcher = WORD.matcher(folded(text));
        while (matcher.find()) {
            addRuns(words, matcher.group(), stored);
        }
        return words;
    }

    private static String folded(String text) {
        String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("");
        // Upper case first: only that makes ß to SS, and the two small sigmas the same letter.
        String lower = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('đ', 'd');
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    /** One word may consist of parts in scripts with and without spaces. */
    private static void addRuns(Set<String> words, String word, boolean stored) {
        int[] characters = word.codePoints().toArray();
        int start = 0;
        for (int i = 1; i <= characters.length; i++) {
            if (i == characters.length || isSpaceless(characters[i]) != isSpaceless(characters[start])) {
                if (isSpaceless(characters[start])) {
                    addPairs(words, characters, start, i, stored);
                } else {
                    words.add(new String(characters, start, i - start));
                }
                start = i;
            }
        }
    }

    private static void addPairs(Set<String> words, int[] characters, int start, int end, boolean stored) {
        for (int i = start; i < end; i++) {
            if (stored || end - start == 1) {
                words.add(new String(characters, i, 1));
            }
            if (i + 1 < end) {
                words.add(new String(characters, i, 2));
            }
        }
    }

    private static boolean isSpaceless(int character) {
        if (character < FIRST_SPACELESS) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(character);
        return SPACELESS.contains(script)
                || script == UnicodeScript.COMMON && Character.isIdeographic(character)
                || character == 'ー'
                || character == '々';
    }
}
