package dev.parley.platform.text;

import com.ibm.icu.text.UnicodeSet;

/** Tells whether a reader sees anything of a text. */
public final class VisibleText {

    // Unicode calls these a symbol, letters and a mark, but they are drawn as nothing: Braille without a dot, the null
    // notehead, the filler of Khitan, hieroglyph blanks.
    private static final String DRAWN_AS_NOTHING = "\\u2800\\U0001D159\\U00016FE4\\U00013441\\U00013442";

    /**
     * The characters that show nothing. What Unicode has not assigned yet shows nothing either, but for places that are
     * reserved for emoji: those may come from a newer Unicode than ours.
     */
    static final UnicodeSet INVISIBLE = new UnicodeSet("[[:White_Space:][:Default_Ignorable_Code_Point:][:Cc:][:Cs:]"
                    + "[[:Cf:]-[:Prepended_Concatenation_Mark:]][[:Cn:]-[:Extended_Pictographic:]]"
                    + DRAWN_AS_NOTHING + "]")
            .freeze();

    private VisibleText() {}

    /** Whether a text shows nothing: it is empty, or all of it is white space, controls, fillers and characters without a form. */
    public static boolean isBlank(CharSequence text) {
        return INVISIBLE.containsAll(text.toString());
    }
}
