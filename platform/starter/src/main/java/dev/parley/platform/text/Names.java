package dev.parley.platform.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.UnicodeSet;

/**
 * Cleans names of people, groups and devices: what cannot be seen, and what would turn the text around it, is taken out. Two
 * names that look the same because of such characters become the same name.
 */
public final class Names {

    private static final UnicodeSet REMOVED = new UnicodeSet(
                    "[[:Default_Ignorable_Code_Point:][:Bidi_Control:][:Cc:][:Cs:]"
                            + "[:Noncharacter_Code_Point:]\\uFFF9-\\uFFFB]")
            .freeze();
    private static final UnicodeSet SPACE = new UnicodeSet("[:White_Space:]").freeze();
    private static final UnicodeSet VARIATION_SELECTORS =
            new UnicodeSet("[\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]").freeze();
    private static final UnicodeSet MONGOLIAN_SELECTORS = new UnicodeSet("[\\u180B-\\u180F]").freeze();
    private static final UnicodeSet SYMBOL_WITH_TWO_FORMS = new UnicodeSet("[[:Emoji:]-[#*0-9]]").freeze();

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;
    private static final int PLAIN_FORM = 0xFE0E;

    /** Canonical combining class 9. */
    private static final int VIRAMA = 9;

    private Names() {}

    /**
     * A name without bidi controls, controls and default-ignorable characters; each run of white space is one space, and there is
     * none at the ends. What scripts need stays: joiners where they change what is seen (RFC 5892, appendices A.1 and A.2, and
     * before a virama, as Bengali writes them), variation selectors after ideographs, those of Mongolian letters, whole emoji.
     */
    public static String clean(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        BreakIterator characters = TextLength.characters(name);
        int start = 0;
        for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
            String character = name.substring(start, end);
            if (Emoji.isOne(character)) {
                clean.append(character);
            } else {
                addCleaned(clean, name, start, end);
            }
            start = end;
        }
        return trimmed(clean);
    }

    private static void addCleaned(StringBuilder clean, String name, int start, int end) {
        for (int i = start; i < end; i += Character.charCount(name.codePointAt(i))) {
            int codePoint = name.codePointAt(i);
            if (SPACE.contains(codePoint)) {
                if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
                    clean.append(' ');
                }
            } else if (!REMOVED.contains(codePoint) || isNeeded(codePoint, clean, name, i)) {
                clean.appendCodePoint(codePoint);
            }
        }
    }

    private static boolean isNeeded(int codePoint, CharSequence before, String name, int index) {
        if (before.isEmpty()) {
            return false;
        }
        int previous = Character.codePointBefore(before, before.length());
        if (VARIATION_SELECTORS.contains(codePoint)) {
            return UCharacter.hasBinaryProperty(previous, UProperty.IDEOGRAPHIC)
                    || codePoint == PLAIN_FORM && SYMBOL_WITH_TWO_FORMS.contains(previous);
        }
        if (MONGOLIAN_SELECTORS.contains(codePoint)) {
            return UScript.getScript(previous) == UScript.MONGOLIAN && !MONGOLIAN_SELECTORS.contains(previous);
        }
        if (codePoint != JOINER && codePoint != NON_JOINER) {
            return false;
        }
        int next = next(name, index + 1);
        return UCharacter.getCombiningClass(previous) == VIRAMA
                || codePoint == JOINER && UCharacter.getCombiningClass(next) == VIRAMA && UCharacter.isLetter(previous)
                || codePoint == NON_JOINER && joinsNext(before) && joinsPrevious(next);
    }

    /** The next code point that has a form of its own: marks on the letter are passed over. NUL if there is none. */
    private static int next(String name, int start) {
        for (int i = start; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int codePoint = name.codePointAt(i);
            if (!REMOVED.contains(codePoint) && joiningType(codePoint) != UCharacter.JoiningType.TRANSPARENT
                    || UCharacter.getCombiningClass(codePoint) == VIRAMA) {
                return codePoint;
            }
        }
        return 0;
    }

    private static boolean joinsNext(CharSequence before) {
        for (int i = before.length(); i > 0; i -= Character.charCount(Character.codePointBefore(before, i))) {
            int type = joiningType(Character.codePointBefore(before, i));
            if (type != UCharacter.JoiningType.TRANSPARENT) {
                return type == UCharacter.JoiningType.DUAL_JOINING || type == UCharacter.JoiningType.LEFT_JOINING;
            }
        }
        return false;
    }

    private static boolean joinsPrevious(int codePoint) {
        int type = joiningType(codePoint);
        return type == UCharacter.JoiningType.DUAL_JOINING || type == UCharacter.JoiningType.RIGHT_JOINING;
    }

    private static int joiningType(int codePoint) {
        return UCharacter.getIntPropertyValue(codePoint, UProperty.JOINING_TYPE);
    }

    /** Without blanks at the ends, also those that Unicode does not call white space, such as Braille without a dot. */
    private static String trimmed(StringBuilder name) {
        int start = 0;
        int end = name.length();
        while (start < end && isSpace(name.codePointAt(start))) {
            start += Character.charCount(name.codePointAt(start));
        }
        while (start < end && isSpace(name.codePointBefore(end))) {
            end -= Character.charCount(name.codePointBefore(end));
        }
        return name.substring(start, end);
    }

    private static boolean isSpace(int codePoint) {
        return VisibleText.INVISIBLE.contains(codePoint) && !REMOVED.contains(codePoint);
    }
}
