package dev.parley.message.indexing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchWordsTest {

    @Test
    void consistOfLettersAndDigitsAlone() {
        Set<String> words =
                SearchWords.of("C++ and C#, v1.2.3 \uD83D\uDC4D\uD83C\uDFFD \u2764\uFE0F 회의실 東京 \u2122 a_b \u0663");

        assertThat(words).allMatch(word -> word.codePoints().allMatch(Character::isLetterOrDigit));
    }

    @Test
    void holdEveryWordThatALaterQueryAsksFor() {
        for (String text : new String[] {
            "Release v1.2.3 of C++17, see #12 \uD83D\uDC4D\uD83C\uDFFD\uD83C\uDF89",
            "회의실에서 만나요",
            "明日の会議は東京で",
            "สวัสดีครับ",
            "1.2.3.4.5.6.7.8.9.10",
            "a".repeat(100),
        }) {
            assertThat(SearchWords.of(text)).as(text).containsAll(SearchWords.toFind(text));
        }
    }

    @Test
    void areBounded() {
        String ideographs = IntStream.range(0x4E00, 0x4E00 + 10_000)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        String numbers = IntStream.range(0, 5_000).mapToObj(i -> i + ".").collect(Collectors.joining());

        assertThat(SearchWords.of(ideographs)).hasSize(SearchWords.MAX_WORDS);
        assertThat(SearchWords.of(numbers)).hasSizeLessThanOrEqualTo(SearchWords.MAX_WORDS);
        assertThat(SearchWords.of("x".repeat(10_000))).allMatch(word -> word.length() <= 64);
        assertThat(SearchWords.of("1." + "0".repeat(9_000))).allMatch(word -> word.length() <= 64);
    }
}
