package dev.parley.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

    private static final String ZWNJ = "\u200C";
    private static final String ZWJ = "\u200D";

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x09, 0x0A, 0x20, 0x7F, 0x85, 0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x180B,
                0x180E, 0x2000, 0x200B, 0x200C, 0x200D, 0x200E, 0x2028, 0x202E, 0x2060, 0x2064, 0x2065, 0x2066, 0x206F,
                0x2800, 0x3000, 0x3164, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0xFFFE, 0x0378, 0x13430, 0x13441,
                0x16FE4, 0x1BCA0, 0x1D159, 0x1D173, 0xE0001, 0xE0041, 0xE01EF
            })
    void takesWhatShowsNothingForBlank(int codePoint) {
        String invisible = Character.toString(codePoint);

        assertThat(VisibleText.isBlank(invisible)).isTrue();
        assertThat(VisibleText.isBlank(" " + invisible.repeat(3) + "\u200B\n")).isTrue();
        assertThat(VisibleText.isBlank(invisible + "a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", ".", "\u0301", "\u0600", "ㅤx", "⠁", "0", "한", "ー", "👍", "❤️", "\uFFFD", "\uD83E\uDEDF"})
    void takesWhatShowsSomethingForText(String text) {
        assertThat(VisibleText.isBlank(text)).isFalse();
    }

    @Test
    void isBlankWithoutAnyCharacter() {
        assertThat(VisibleText.isBlank("")).isTrue();
    }

    @Test
    void takesAllThatUnicodeIgnoresFromNames() {
        assertThat(codePoints()
                        .filter(point -> UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                                || UCharacter.hasBinaryProperty(point, UProperty.BIDI_CONTROL))
                        .filter(point -> !Names.clean("An" + Character.toString(point) + "na")
                                .equals("Anna")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " Anna ",
                "\u202EAnna",
                "An\u2066na\u2069",
                "\u200FAnna\u200F",
                "Anna\u200B",
                "\uFEFFAnna",
                "An\u00ADna",
                "Anna\u3164",
                "Anna\u2800",
                "Anna\u0000",
                "Anna\u0007",
                "\u3000Anna\u00A0",
                "Anna\uFE0F",
                "Anna\u200D",
                "A\u200Cn\u200Dna",
                "\u2028Anna\n",
                "An\uDB40\uDC41na",
                "Anna\uFFFE"
            })
    void cleansNames(String name) {
        assertThat(Names.clean(name)).isEqualTo("Anna");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200B", "\u3164", "\u2800\u2800", "\u202E\u202C", "\u0000", "\uFEFF \u00AD"})
    void leavesNothingOfNamesThatShowNothing(String name) {
        assertThat(VisibleText.isBlank(Names.clean(name))).isTrue();
    }

    @Test
    void writesOneSpaceForEachRunOfWhiteSpaceInNames() {
        assertThat(Names.clean("Anna\t \u00A0\r\nMaria\u3000Berg")).isEqualTo("Anna Maria Berg");
        assertThat(Names.clean("Anna \u200B \u202E Maria")).isEqualTo("Anna Maria");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "می" + ZWNJ + "خواهم",
                "ক্" + ZWJ + "ষ",
                "র" + ZWJ + "্যাব",
                "ශ්" + ZWJ + "රී",
                "അവന്" + ZWJ,
                "क्" + ZWNJ + "ष",
                "👩" + ZWJ + "💻 Ada",
                "❤️ Anna",
                "1️⃣",
                "👍🏽",
                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "葛\uDB40\uDD00城",
                "❤\uFE0E",
                "ᠠ\u180B",
                "José",
                "Jose\u0301",
                "O’Brien",
                "Anne-Marie",
                "山田"
            })
    void leavesInNamesWhatTheirScriptsNeed(String name) {
        assertThat(Names.clean(name)).isEqualTo(name);
    }

    @Test
    void takesUnneededJoinersFromNamesOfScriptsThatUseThem() {
        assertThat(Names.clean("کار" + ZWNJ + "خانه")).isEqualTo("کارخانه");
        assertThat(Names.clean("می" + ZWNJ + ZWNJ + "خواهم")).isEqualTo("می" + ZWNJ + "خواهم");
        assertThat(Names.clean("रा" + ZWJ + "म")).isEqualTo("राम");
        assertThat(Names.clean("👍" + ZWJ + "Anna")).isEqualTo("👍Anna");
    }

    @Test
    void cleansNamesThatAreCleanNoFurther() {
        for (String name : List.of(
                "\u202EAn\u200Bna \u00A0B",
                "می" + ZWNJ + "خواهم",
                "👍" + ZWJ + "\uFE0F" + ZWJ,
                "a\u200D\u0301\u200C",
                "葛\uFE00\uFE01")) {
            String clean = Names.clean(name);
            assertThat(Names.clean(clean)).isEqualTo(clean);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna",
                "Ñandú",
                "anna7",
                "anna.berg_1-2+3@a.de",
                "анна7",
                "άννα",
                "田中ひろ",
                "カタカナ",
                "スーパー",
                "東京タワー",
                "김金철수",
                "ㄅ漢",
                "राम1",
                "राम१",
                "نام12",
                "نام۱۲",
                "רות5",
                "ไทย๑",
                "ｂｏｂ",
                "Jose\u0301",
                "12345"
            })
    void takesUsernamesOfOneScript(String username) {
        assertThat(Usernames.isOfOneScript(username)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"аnna", "раypal", "bobб", "αbc", "ab中", "aー", "anna١", "a۱1", "한ひ", "अa", "\u0430\u0308a", "рутא"
            })
    void refusesUsernamesOfSeveralScripts(String username) {
        assertThat(Usernames.isOfOneScript(username)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "paypal, PayPal", "paypal, paypaI", "paypal, paypa1", "paypal, PAYPA1", "pace, расе", "anna, ａｎｎａ",
                "anna, ANNA", "admin, 𝓪𝓭𝓶𝓲𝓷",
        "admin, adrnin", "user0, userO", "user0, usero", "jose, josé", "anna, an\u00ADna", "anna, a\u200Bnna",
                "scope, ѕсоре", "ian, Ian",
        "lan, Ian", "ο, o", "a-b, a‐b", "strasse, Straße"
    })
    void findsUsernamesThatLookAlike(String one, String other) {
        assertThat(Usernames.looks(one)).containsAnyElementsOf(Usernames.looks(other));
        assertThat(Usernames.looks(one)).doesNotContain("");
    }

    @ParameterizedTest
    @CsvSource({"ian, lan", "anna, hanna", "bob, b0b1", "user1, user2", "анна, анни", "か, が", "one, two"})
    void tellsOtherUsernamesApart(String one, String other) {
        assertThat(Usernames.looks(one)).doesNotContainAnyElementsOf(Usernames.looks(other));
    }

    @ParameterizedTest
    @CsvSource({
        "Straße, STRASSE",
        "Ärger, arger",
        "Jose\u0301, josé",
        "ＡＢＣ１２, abc12",
        "ﬁn, fin",
        "ΣΊΣΥΦΟΣ, σισυφος",
        "Ёлка, елка",
        "Đỗ, do",
        "İstanbul, istanbul",
        "ısı, ISI",
        "Łódź, lodz",
        "ﾊﾟﾝ, パン",
        "℡, tel",
        "so\u00ADft, soft",
        "a\u200Bb, ab",
        "\uFEFFa, a",
        "مُحَمَّد, محمد",
        "محـــمد, محمد",
        "کتاب, كتاب",
        "علی, علي",
        "على, علي",
        "آب, اب",
        "أحمد, احمد",
        "إسلام, اسلام",
        "مدرسة, مدرسه",
        "ﻻ, لا",
        "می\u200Cخواهم, میخواهم",
        "שָׁלוֹם, שלום",
        "שׂ, ש",
        "ܐ\u0730, ܐ",
        "۱۲۳, 123",
        "٤, ۴",
        "१२, 12",
        "한, 한",
        "𝓐𝓭𝓪, ada",
        "❤️, ❤",
        "Ꭰ, ꭰ"
    })
    void foldsWhatPeopleTakeForTheSame(String one, String other) {
        assertThat(TextFolding.fold(one)).isEqualTo(TextFolding.fold(other));
    }

    @ParameterizedTest
    @CsvSource({"か, が", "ハ, パ", "ひ, ヒ", "a, b", "≠, =", "कि, की", "ไก, ไก่", "C++, C", "שלום, שלומ", "1.2.3, 123"})
    void leavesWhatIsAnotherText(String one, String other) {
        assertThat(TextFolding.fold(one)).isNotEqualTo(TextFolding.fold(other));
    }

    @Test
    void foldsEveryCharacterOnceAndInAnyCase() {
        assertThat(codePoints().mapToObj(Character::toString).filter(character -> {
                    String folded = TextFolding.fold(character);
                    return !TextFolding.fold(folded).equals(folded)
                            || !TextFolding.fold(UCharacter.toUpperCase(ULocale.ROOT, character))
                                    .equals(folded)
                            || !TextFolding.fold(UCharacter.toLowerCase(ULocale.ROOT, character))
                                    .equals(folded);
                }))
                .isEmpty();
    }

    @Test
    void countsCodePoints() {
        assertThat(Stream.of("", "a", "é", "e\u0301", "👍", "👨‍👩‍👧", "\uD800")
                        .map(TextLength::of))
                .containsExactly(0, 1, 1, 2, 1, 5, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "abc, 3, abc",
        "abc, 2, ab",
        "ae\u0301b, 2, a",
        "ae\u0301b, 3, ae\u0301",
        "a👍🏽b, 2, a",
        "a👨‍👩‍👧, 4, a",
        "🇩🇪🇫🇷, 3, 🇩🇪",
        "한국, 1, 한",
        "👨‍👩‍👧, 2, 👨\u200D",
        "a1️⃣, 3, a"
    })
    void cutsBetweenWholeCharacters(String text, int max, String cut) {
        assertThat(TextLength.cut(text, max)).isEqualTo(cut);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👍",
                "👍️",
                "👍🏽",
                "❤",
                "❤️",
                "☺",
                "☺️",
                "©",
                "1️⃣",
                "1⃣",
                "#️⃣",
                "🇩🇪",
                "👨‍👩‍👧‍👦",
                "👩‍❤️‍💋‍👨",
                "👩‍❤‍💋‍👨",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "🏴󠁵󠁳󠁴󠁸󠁿",
                "🏳️‍🌈",
                "🏳‍🌈",
                "⛹🏽‍♀",
                "⛹🏽‍♀️",
                "☝️🏽",
                "🫩",
                "🦰",
                "\uD83E\uDEDF"
            })
    void takesOneEmoji(String emoji) {
        assertThat(Emoji.isOne(emoji)).isTrue();
        assertThat(Emoji.isOne(emoji + emoji)).isFalse();
        assertThat(Emoji.isOne(emoji + " ")).isFalse();
        assertThat(Emoji.isOne("a" + emoji)).isFalse();
        assertThat(Emoji.isOne(Emoji.key(emoji))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "1",
                "#",
                "*",
                "+1",
                ":+1:",
                "<3",
                "★",
                "→",
                "🇩",
                "🇽🇽",
                "👍👎",
                "👍 ",
                "👍a",
                "❤︎",
                "\uFE0F",
                "\uFE0F👍",
                "👍\uFE0F\uFE0F",
                "\u200D",
                "👍\u200D",
                "\u200D👍",
                "1\uFE0F",
                "한",
                "👍\u0301",
                "\uD83D",
                "👍\u0000",
                "👍‍👍‍👍‍👍‍👍",
                "🏴󠁧󠁢󠁥󠁮󠁧",
                "а"
            })
    void takesNothingElseForAnEmoji(String text) {
        assertThat(Emoji.isOne(text)).isFalse();
    }

    @Test
    void knowsAnEmojiWithAndWithoutTheMarkOfItsColourfulForm() {
        assertThat(Emoji.key("❤️")).isEqualTo(Emoji.key("❤"));
        assertThat(Emoji.key("👩‍❤️‍💋‍👨")).isEqualTo(Emoji.key("👩‍❤‍💋‍👨"));
        assertThat(Emoji.key("1️⃣")).isEqualTo(Emoji.key("1⃣"));
        assertThat(Emoji.key("❤️")).isNotEqualTo(Emoji.key("🧡"));
    }

    private static IntStream codePoints() {
        return IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }
}
