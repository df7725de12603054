package dev.parley.message.mention;

import dev.parley.message.indexing.SpacelessScripts;
import dev.parley.message.mention.MentionedNames.Place;
import dev.parley.message.mention.MentionedNames.Reading;
import dev.parley.platform.text.TextFolding;
import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds each {@code @} of a text that may begin a mention. One in an e-mail address, or in the address of a page, begins
 * none. The text is read once, and behind each {@code @} no more than a username can have.
 */
final class MentionScanner {

    /** The signs of a username beside letters, digits and {@code @}. */
    private static final String SIGNS = "._+-";

    /** Of any width: U+FF20 and U+FE6B fold to the first. */
    private static final String ATS = "@\uFF20\uFE6B";

    /** What is not seen and may stand within a name: soft hyphen, joiners. */
    private static final String JOINERS = "\u00AD\u200C\u200D\u2060";

    /** What only turns the text around it. */
    private static final String DIRECTIONS = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    /** The ASCII characters that no address of a page has (RFC 3986, section 2). */
    private static final String NOT_IN_ADDRESSES = "\"<>\\^`{|}";

    /** Characters (code points) of a username; nothing longer names anybody. */
    private static final int MAX_LENGTH = 64;

    /** The same in scripts without spaces, where a name may end behind any character. Names are short there. */
    private static final int MAX_SPACELESS_LENGTH = 24;

    private final String text;
    private final int offset;
    private int next;

    /** Letters or digits stand directly before, with which an e-mail address could begin. */
    private boolean isAfterName;

    /** What stands directly before has an {@code @} that may begin a mention. */
    private boolean isAfterMention;

    private boolean isInPageAddress;

    /** @param offset what is added to each position */
    MentionScanner(String text, int offset) {
        this.text = text;
        this.offset = offset;
        // Most texts have no @, and are not read at all.
        this.next = text.chars().anyMatch(MentionScanner::isAt) ? 0 : text.length();
    }

    /** Null after the last. */
    @Nullable Place next() {
        while (next < text.length()) {
            int index = next;
            int codePoint = text.codePointAt(index);
            next += Character.charCount(codePoint);
            Place place = isAt(codePoint) ? place(index) : null;
            pass(codePoint, index);
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    private @Nullable Place place(int at) {
        if (isInPageAddress || isAfterName && !isAfterMention && !isSpacelessName(next)) {
            return null;
        }
        boolean joined = isAfterName && isAfterMention;
        isAfterMention = true;
        List<Reading> readings = readings(next);
        return readings.isEmpty() ? null : new Place(offset + at, joined, readings);
    }

    /** Whether a name in a script without spaces begins here, which needs no space before it either, and no domain. */
    private boolean isSpacelessName(int start) {
        if (!SpacelessScripts.contain(at(start))) {
            return false;
        }
        int index = start;
        for (int length = 0; length < MAX_LENGTH && isOfName(at(index)); length++) {
            if (at(index) == '.' && isLetterOrDigit(at(index + 1))) {
                return false;
            }
            index += Character.charCount(at(index));
        }
        return true;
    }

    /** Takes note of what a character means for those behind it. */
    private void pass(int codePoint, int index) {
        if (isInPageAddress) {
            isInPageAddress = isOfPageAddress(codePoint);
        } else if (codePoint == '/' || codePoint == '?' || codePoint == '#') {
            isInPageAddress = codePoint == '/' && index > 0 && text.charAt(index - 1) == '/' || isAfterHost(index);
        }
        if (isLetterOrDigit(codePoint)) {
            // A mark that several scripts use belongs to what is before it.
            boolean isMarkOfAny = UnicodeScript.of(codePoint) == UnicodeScript.INHERITED;
            isAfterName = isMarkOfAny ? isAfterName : !SpacelessScripts.contain(codePoint);
        } else if (!isOfName(codePoint)) {
            isAfterName = false;
            isAfterMention = false;
        }
    }

    private static boolean isOfPageAddress(int codePoint) {
        return codePoint < 0x80
                ? codePoint > ' ' && codePoint < 0x7F && NOT_IN_ADDRESSES.indexOf(codePoint) < 0
                : isLetterOrDigit(codePoint);
    }

    /** Whether what ends here looks like {@code example.org} or {@code example.org:8080}. */
    private boolean isAfterHost(int end) {
        boolean hasDot = false;
        int start = end;
        while (start > 0) {
            int codePoint = text.codePointBefore(start);
            if (!isLetterOrDigit(codePoint) && codePoint != '.' && codePoint != '-' && codePoint != ':') {
                break;
            }
            start -= Character.charCount(codePoint);
            hasDot |= codePoint == '.'
                    && start > 0
                    && isLetterOrDigit(text.codePointBefore(start))
                    && isLetterOrDigit(at(start + 1));
        }
        return hasDot && (start == 0 || !isAt(text.codePointBefore(start)));
    }

    /** How the name that begins here may be read, the longest first. */
    private List<Reading> readings(int begin) {
        int start = begin;
        while (DIRECTIONS.indexOf(at(start)) >= 0) {
            start++;
        }
        if (isAt(at(start))) {
            return List.of();
        }
        Map<String, Reading> longestFirst = new LinkedHashMap<>();
        for (int end : ends(start)) {
            String written = text.substring(start, end);
            String folded = TextFolding.fold(written);
            longestFirst.putIfAbsent(folded, new Reading(written, folded, offset + end));
        }
        longestFirst.remove("");
        return List.copyOf(longestFirst.values());
    }

    /** Where the name may end, the last first. */
    private SortedSet<Integer> ends(int start) {
        SortedSet<Integer> ends = new TreeSet<>(Comparator.reverseOrder());
        int end = start;
        int endWithoutSigns = start;
        for (int length = 1; length <= MAX_LENGTH && isOfName(at(end)); length++) {
            int last = at(end);
            end += Character.charCount(last);
            endWithoutSigns = isSign(last) || isAt(last) ? endWithoutSigns : end;
            if (endWithoutSigns == start) {
                continue;
            }
            int following = at(end);
            if (!isOfName(following) || isAt(following)) {
                ends.add(end);
                ends.add(endWithoutSigns);
            } else if (isSign(following) ? endsAtSigns(end) : endsBetween(last, following, length)) {
                ends.add(endWithoutSigns);
            }
        }
        return ends;
    }

    /** One sign may be within a name, as in {@code ann.lee}. Several, or one behind which no name goes on, are not of it. */
    private boolean endsAtSigns(int index) {
        int second = at(index + 1);
        return isSign(second) || !isOfName(second);
    }

    /** Where a script without spaces begins or ends, and behind each of its characters. */
    private static boolean endsBetween(int last, int following, int length) {
        boolean isBefore = SpacelessScripts.contain(last);
        boolean isBehind = SpacelessScripts.contain(following);
        return (isBefore && isBehind ? length <= MAX_SPACELESS_LENGTH : isBefore != isBehind)
                && !isMark(following)
                && !isJoiner(last)
                && !isJoiner(following);
    }

    /** The code point at an index; a space behind the end of the text. */
    private int at(int index) {
        return index < text.length() ? text.codePointAt(index) : ' ';
    }

    private static boolean isAt(int codePoint) {
        return ATS.indexOf(codePoint) >= 0;
    }

    private static boolean isSign(int codePoint) {
        return SIGNS.indexOf(codePoint) >= 0;
    }

    private static boolean isJoiner(int codePoint) {
        return JOINERS.indexOf(codePoint) >= 0;
    }

    private static boolean isOfName(int codePoint) {
        return isLetterOrDigit(codePoint) || isSign(codePoint) || isAt(codePoint) || isJoiner(codePoint);
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Marks and numbers of every kind included. */
    private static boolean isLetterOrDigit(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint)
                || isMark(codePoint)
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }
}
