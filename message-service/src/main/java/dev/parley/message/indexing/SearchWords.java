package dev.parley.message.indexing;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words under which a text is found. They differ in neither case nor accents nor width, and are the same on every
 * document store, whatever its own idea of a word: {@code Straße} and {@code STRASSE} are {@code strasse}. Scripts that
 * write without spaces are cut into their characters and each two neighbours.
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

    /** Of Thai: all before it is written with spaces. */
    private static final int FIRST_SPACELESS = 0x0E01;

    private SearchWords() {}

    /** The words of a text that is stored, each once. */
    public static Set<String> of(String text) {
        return words(text, true);
    }

    /** The words that a text must hold to be found by a search. */
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
        // Upper case first: it alone takes ß to SS and the two small sigmas to one.
        String lower = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('đ', 'd');
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    /** A word may change to a script without spaces and back. */
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
