package dev.parley.message.indexing;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** The scripts in which no space need stand between words or behind a name. */
public final class SpacelessScripts {

    // Korean has spaces, but particles are written onto a name, and words are put together without spaces.
    private static final Set<UnicodeScript> SCRIPTS = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** Marks of Kana that belong to no single script: iteration, long vowel, voicing, each also half as wide. */
    private static final String OF_SEVERAL_SCRIPTS = "\u3005\u30FC\uFF70\uFF9E\uFF9F";

    /** The first character of Thai; all characters before it are of scripts with spaces. */
    private static final int FIRST = 0x0E01;

    private SpacelessScripts() {}

    public static boolean contain(int codePoint) {
        if (codePoint < FIRST) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(codePoint);
        return SCRIPTS.contains(script)
                || script == UnicodeScript.COMMON && Character.isIdeographic(codePoint)
                || OF_SEVERAL_SCRIPTS.indexOf(codePoint) >= 0;
    }
}
