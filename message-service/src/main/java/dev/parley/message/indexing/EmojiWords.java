package dev.parley.message.indexing;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.UnicodeSet;
import dev.parley.platform.text.Emoji;
import dev.parley.platform.text.TextLength;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes words of the emoji of a text. */
final class EmojiWords {

    /** What an emoji may begin with, but for {@code #}, {@code *} and digits, behind which U+20E3 makes a keycap. */
    private static final UnicodeSet BEGINNINGS =
            new UnicodeSet("[[:Emoji:][:Extended_Pictographic:]-[#*0-9]]").freeze();

    private static final int KEYCAP = 0x20E3;
    private static final Pattern SKIN_TONES = Pattern.compile("[\\x{1F3FB}-\\x{1F3FF}]");

    private EmojiWords() {}

    /**
     * Adds the word of each emoji.
     *
     * @param stored whether the text is stored: then an emoji with a skin tone is found without it too
     * @return the text with a space for each emoji: folding would make letters of some
     */
    static String taken(String text, boolean stored, Collection<String> words) {
        if (!mayHoldEmoji(text)) {
            return text;
        }
        StringBuilder rest = new StringBuilder(text.length());
        BreakIterator characters = TextLength.characters(text);
        int start = 0;
        for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
            String character = text.substring(start, end);
            start = end;
            if (!mayHoldEmoji(character) || !Emoji.isOne(character)) {
                rest.append(character);
                continue;
            }
            rest.append(' ');
            words.add(word(character));
            String plain = SKIN_TONES.matcher(character).replaceAll("");
            if (stored && !plain.isEmpty()) {
                words.add(word(plain));
            }
        }
        return rest.toString();
    }

    /** Rules out nearly every letter at once: to tell whether it is an emoji takes much longer. */
    private static boolean mayHoldEmoji(String text) {
        return BEGINNINGS.containsSome(text) || text.indexOf(KEYCAP) >= 0;
    }

    private static String word(String emoji) {
        return SearchWords.MARK
                + Emoji.key(emoji).codePoints().mapToObj(Integer::toHexString).collect(Collectors.joining("x"))
                + SearchWords.END;
    }
}
