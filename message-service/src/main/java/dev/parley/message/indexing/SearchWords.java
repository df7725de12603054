package dev.parley.message.indexing;

import dev.parley.platform.text.TextFolding;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words by which a text is found, of {@linkplain TextFolding folded} text. They do not depend on what the document store
 * takes for a word: each consists of letters and digits alone. What is found besides words is stored as a word with
 * {@link #MARK}, which nobody writes:
 *
 * <ul>
 *   <li>an emoji, also without its skin tone;
 *   <li>a version: {@code v1.2.3} is found by {@code 1.2} and {@code 1.2.3};
 *   <li>a word with signs: {@code C++}, {@code C#}.
 * </ul>
 *
 * Text in a script without spaces is cut into its characters and its pairs of neighbouring characters.
 */
public final class SearchWords {

    /**
     * How words are made now. Whoever changes that counts it up: then the words of messages that are stored already are made
     * anew.
     */
    public static final int VERSION = 2;

    /** Words of one text: enough for nearly every text of 10,000 characters. A text is not found by those after them. */
    static final int MAX_WORDS = 8_000;

    /** Signs behind a word that are of it; further ones are not. */
    private static final int MAX_SIGNS = 3;

    /** Characters (UTF-16 units) of a word; longer words are found by their beginning. */
    private static final int MAX_LENGTH = 64;

    /** A letter of phonetics without a capital, which folding leaves as it is and stores take for a letter. */
    static final char MARK = '\u0298';

    /** Ends what has {@link #MARK}, so that none of these is the beginning of another. */
    static final char END = 'z';

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /** Of at most eight numbers. */
    private static final Pattern VERSION_NUMBER = Pattern.compile("[0-9]+(?:\\.[0-9]+){1,7}");

    private final Set<String> words = new LinkedHashSet<>();
    private final boolean stored;

    private SearchWords(boolean stored) {
        this.stored = stored;
    }

    /** The words of a text that is stored, each once. */
    public static Set<String> of(String text) {
        return new SearchWords(true).read(text);
    }

    /** The words that a text must contain to be found. */
    public static Set<String> toFind(String search) {
        return new SearchWords(false).read(search);
    }

    private Set<String> read(String text) {
        String rest = EmojiWords.taken(text, stored, words);
        String folded = TextFolding.fold(rest);
        Matcher versions = VERSION_NUMBER.matcher(folded);
        Matcher matcher = WORD.matcher(folded);
        int versionEnd = 0;
        boolean hasVersion = versions.find();
        while (words.size() < MAX_WORDS && matcher.find()) {
            while (hasVersion && versions.start() < matcher.end()) {
                addVersion(versions.group());
                versionEnd = versions.end();
                hasVersion = versions.find();
            }
            boolean isOfVersion = matcher.end() <= versionEnd
                    && DIGITS.matcher(matcher.group()).matches();
            if (stored || !isOfVersion) {
                addRuns(matcher.group(), signs(folded, matcher.end()));
            }
        }
        return words;
    }

    private static String signs(String folded, int start) {
        int end = start;
        while (end < folded.length() && end - start < MAX_SIGNS && isSign(folded.charAt(end))) {
            end++;
        }
        return folded.substring(start, end);
    }

    private static boolean isSign(char character) {
        return character == '+' || character == '#';
    }

    /** A version is found by its beginning. */
    private void addVersion(String version) {
        String[] numbers = version.split("\\.");
        StringBuilder beginning = new StringBuilder(numbers[0]);
        for (int i = 1; i < numbers.length; i++) {
            beginning.append(MARK).append(numbers[i]);
            if (stored || i + 1 == numbers.length) {
                add(beginning.toString() + END);
            }
        }
    }

    /** One word may consist of parts in scripts with and without spaces. */
    private void addRuns(String word, String signs) {
        int[] characters = word.codePoints().toArray();
        int start = 0;
        boolean isSpaceless = SpacelessScripts.contain(characters[0]);
        for (int i = 1; i <= characters.length; i++) {
            boolean isNext = i < characters.length && SpacelessScripts.contain(characters[i]);
            if (i == characters.length || isNext != isSpaceless) {
                if (isSpaceless) {
                    addPairs(characters, start, i);
                } else {
                    addWord(new String(characters, start, i - start), i == characters.length ? signs : "");
                }
                start = i;
                isSpaceless = isNext;
            }
        }
    }

    private void addWord(String word, String signs) {
        if (stored || signs.isEmpty()) {
            add(word);
        }
        if (!signs.isEmpty()) {
            add(word + MARK + signs.replace('+', 'p').replace('#', 'h') + END);
        }
    }

    private void addPairs(int[] characters, int start, int end) {
        for (int i = start; i < end; i++) {
            if (stored || end - start == 1) {
                add(new String(characters, i, 1));
            }
            if (i + 1 < end) {
                add(new String(characters, i, 2));
            }
        }
    }

    private void add(String word) {
        if (words.size() < MAX_WORDS) {
            words.add(cut(word));
        }
    }

    private static String cut(String word) {
        if (word.length() <= MAX_LENGTH) {
            return word;
        }
        return word.substring(0, Character.isHighSurrogate(word.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
