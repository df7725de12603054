package dev.parley.notification.text;

import dev.parley.platform.text.TextLength;
import java.text.Bidi;
import java.util.regex.Pattern;

/** Texts of users, as there is room for them on a locked screen. */
final class OneLine {

    /** Code points of a text before its spaces are looked at; of a whole book only the beginning is read. */
    private static final int MAX_READ = 2_000;

    private static final Pattern SPACES = Pattern.compile("[\\p{IsWhite_Space}\\p{Cc}]+");
    private static final String ELLIPSIS = "…";
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

    private OneLine() {}

    /** A text in one line, with one space for each run of spaces, line ends and controls. */
    static String of(String text) {
        return SPACES.matcher(TextLength.cut(text, MAX_READ)).replaceAll(" ").strip();
    }

    /** The beginning of a text, of at most so many code points, with a sign that there is more. */
    static String cut(String text, int maxCodePoints) {
        return TextLength.of(text) <= maxCodePoints
                ? text
                : TextLength.cut(text, maxCodePoints - 1).stripTrailing() + ELLIPSIS;
    }

    /** A text that does not turn what stands around it, where some of it is written from right to left (UAX 9). */
    static String isolated(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length())
                ? FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE
                : text;
    }
}
