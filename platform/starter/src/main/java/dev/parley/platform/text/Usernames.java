package dev.parley.platform.text;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.SpoofChecker.RestrictionLevel;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.text.UnicodeSetSpanner;
import java.util.Set;

/**
 * Keeps one username from being taken for another.
 *
 * @see <a href="https://www.unicode.org/reports/tr39/">UTS 39, Unicode Security Mechanisms</a>
 */
public final class Usernames {

    private static final UnicodeSetSpanner IGNORED =
            new UnicodeSetSpanner(new UnicodeSet("[:Default_Ignorable_Code_Point:]").freeze());

    // Built once: it may be used by all threads.
    private static final SpoofChecker ONE_SCRIPT = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.MIXED_NUMBERS)
            .setRestrictionLevel(RestrictionLevel.SINGLE_SCRIPT_RESTRICTIVE)
            .build();
    private static final SpoofChecker CONFUSABLE =
            new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();

    private Usernames() {}

    /**
     * Whether all letters are of one script, and all digits of one script (UTS 39, section 5). Kana and Han count as one script, as do
     * Hangul and Han, Bopomofo and Han, because one language is written in both. Digits 0 to 9, signs and marks that several scripts
     * use go with each of these.
     */
    public static boolean isOfOneScript(String username) {
        return !ONE_SCRIPT.failsChecks(Normalizer2.getNFKCInstance().normalize(username));
    }

    /**
     * What a username looks like to a reader (UTS 39, section 4, skeleton). Two usernames can be taken for each other if they have a
     * look in common. There are up to two: the one of the folded name, because usernames are the same in any case, and the one of the
     * name as it is shown, because a capital {@code I} looks like a small {@code l}, though a small {@code i} does not.
     */
    public static Set<String> looks(String username) {
        String folded = TextFolding.fold(username);
        String shown = IGNORED.deleteFrom(username);
        String look = TextFolding.fold(CONFUSABLE.getSkeleton(folded));
        String lookAsShown = TextFolding.fold(CONFUSABLE.getSkeleton(shown));
        return look.equals(lookAsShown) ? Set.of(look) : Set.of(look, lookAsShown);
    }
}
