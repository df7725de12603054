package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which queries find which texts. */
class TextSearchTest extends MessageApiTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # case, accents, width, compatibility
            Die Straße nach Köln            | STRASSE koln
            naïve café                      | NAIVE CAFE
            ＨＥＬＬＯ ｗｏｒｌｄ            | hello WORLD
            ﬁnal oﬃce                       | final office
            ΣΊΣΥΦΟΣ                         | σισυφος
            Đường Łódź Ærø                  | duong lodz
            # Arabic, Hebrew, Persian
            كِتَابٌ جميل                        | كتاب
            كـــتاب                          | كتاب
            أحمد                            | احمد
            שָׁלוֹם עולם                       | שלום
            کتاب یک                          | كتاب
            می\u200Cخواهم                    | میخواهم
            co\u00ADoperate                 | cooperate
            # emoji
            done 🎉 today                   | 🎉
            great👍🏽                        | 👍🏽
            great👍🏽                        | 👍
            with ❤️ love                    | ❤
            with ❤ love                     | ❤️
            family 👨‍👩‍👧 here                  | 👨‍👩‍👧
            flag 🇩🇪 here                    | 🇩🇪
            keycap 1️⃣ here                  | 1️⃣
            🎉🎉 party🎊                     | party 🎊 🎉
            # Korean
            회의실에서 만나요                 | 회의실
            회의실에서 만나요                 | 의실
            회의실에서 만나요                 | 실
            안녕하세요여러분                   | 하세요
            # CJK and others without spaces
            明日の会議は東京で行います            | 東京 会議
            明日の会議は東京で行います            | 京
            ﾃｽﾄです                         | テスト
            สวัสดีครับทุกคน                   | ครับ
            我用Java写代码                    | java
            我用Java写代码                    | 代码
            # versions
            release v1.2.3 is out           | 1.2.3
            release v1.2.3 is out           | v1.2.3
            release v1.2.3 is out           | 1.2
            release 1.2.3-rc1 is out        | 1.2.3-rc1
            release 1.2.3-rc1 is out        | 1.2.3
            on 192.168.10.1 now             | 192.168.10.1
            Python3.11 here                 | 3.11
            # words with signs
            I write C++ and C#              | c++
            I write C++ and C#              | C#
            I write C++17                   | C++
            I write Ｃ＋＋                  | c++
            I write C++ and C#              | c
            see #parley and @bob            | parley
            see #parley and @bob            | #parley @bob
            snake_case and kebab-case       | snake case kebab
            user@example.org                | example.org
            see https://example.org/a?b=c   | example.org
            """)
    void findsTheText(String text, String query) {
        String message = send(alice, written(text));
        send(alice, "something else entirely");

        assertThat(found(written(query))).as(query).containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cat and cold coffee             | C++
            cat and cold coffee             | c#
            plain C                         | C++
            C# only                         | C++
            release v1.2.4 is out           | 1.2.3
            release 11.2.3 is out           | 1.2.3
            release 1.2.30 is out           | 2.30
            1 and 2 and 3                   | 1.2.3
            3 then 2 then 1                 | 1.2.3
            done 🎉 today                   | 🎊
            great👍🏽                        | 👍🏿
            great👍                         | 👍🏿
            family 👨‍👩‍👧 here                  | 👨‍👩‍👦
            flag 🇩🇪 here                    | 🇫🇷
            회의실에서 만나요                 | 만남
            明日の会議                        | 大阪
            が                              | か
            anything                        | ?!
            anything                        | …
            anything                        | +
            """)
    void doesNotFindTheText(String text, String query) {
        send(alice, written(text));

        assertThat(found(written(query))).as(query).isEmpty();
    }

    @Test
    void measuresAQueryInCodePointsAndRefusesOneThatShowsNothing() {
        assertThat(answer("\uD83D\uDE00".repeat(200)).status()).isEqualTo(200);
        assertThat(fields(answer("\uD83D\uDE00".repeat(201)))).containsExactly("query");
        for (String blank : List.of("", " ", "\u200B", "\u3164", "\u2800", "\uFEFF", "\u3000\u00A0")) {
            assertThat(fields(answer(blank))).containsExactly("query");
        }
    }

    private static String written(String text) {
        return text.translateEscapes();
    }

    private Answer answer(String query) {
        return as(bob).getAsIs("/api/v1/messages/search?conversationId=" + conversation + "&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    private List<String> found(String query) {
        Answer answer = answer(query);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body()
                .path("data")
                .valueStream()
                .map(message -> message.path("id").asString())
                .toList();
    }
}
