package dev.parley.platform.text;

import com.ibm.icu.lang.CharacterProperties;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whether a text is one emoji, and which. An emoji is one that Unicode recommends (RGI), one that is made by the same
 * rules (a ZWJ sequence of emoji, the flag of a region), or one of a newer Unicode than ours. It is the same with and without
 * U+FE0F, which only asks for the colourful form.
 *
 * @see <a href="https://www.unicode.org/reports/tr51/">UTS 51</a>
 */
public final class Emoji {

    private static final String COLOURFUL_FORM = "\uFE0F";
    private static final String JOINER = "\u200D";

    /** A kiss has the most of those that Unicode recommends: two people, a heart, a mark. */
    private static final int MAX_JOINED = 4;

    /** The longest that is recommended has 10 code points; a flag of a region has 8. */
    private static final int MAX_CHARS = 40;

    /** A black flag, the region in tag letters and digits (as in {@code gbsct}), the end of the tags. */
    private static final Pattern FLAG_OF_REGION =
            Pattern.compile("\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}");

    private static final Set<String> RECOMMENDED = recommended();

    private Emoji() {}

    /** Whether the text is exactly one emoji, with or without U+FE0F: no letter, no digit, no space, no second emoji. */
    public static boolean isOne(String text) {
        if (text.length() > MAX_CHARS
                || text.startsWith(COLOURFUL_FORM)
                || text.contains(COLOURFUL_FORM + COLOURFUL_FORM)) {
            return false;
        }
        String key = key(text);
        return RECOMMENDED.contains(key)
                || isOfNewerUnicode(key)
                || FLAG_OF_REGION.matcher(key).matches()
                || isJoined(key);
    }

    /** What two ways to write the same emoji have in common: the text without any U+FE0F. */
    public static String key(String emoji) {
        return emoji.replace(COLOURFUL_FORM, "");
    }

    private static boolean isJoined(String key) {
        List<String> parts = List.of(key.split(JOINER, -1));
        return parts.size() > 1
                && parts.size() <= MAX_JOINED
                && parts.stream().allMatch(part -> RECOMMENDED.contains(part) || isOfNewerUnicode(part));
    }

    private static boolean isOfNewerUnicode(String key) {
        return key.codePoints().count() == 1
                && UCharacter.hasBinaryProperty(key.codePointAt(0), UProperty.EXTENDED_PICTOGRAPHIC)
                && !UCharacter.isDefined(key.codePointAt(0));
    }

    private static Set<String> recommended() {
        Set<String> keys = new HashSet<>();
        CharacterProperties.getBinaryPropertySet(UProperty.RGI_EMOJI).forEach(emoji -> keys.add(key(emoji)));
        return Set.copyOf(keys);
    }
}
