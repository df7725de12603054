package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestUsers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Whom which text mentions, over REST and over sockets. */
class MentionedTextTest extends MessageApiTest {

    private static final List<String> MEMBERS = List.of(
            "ann",
            "bob.smith",
            "x@example.org",
            "björn",
            "小明",
            "小明明",
            "さくら",
            "例え",
            "สมชาย",
            "철수",
            "أحمد",
            "דוד",
            "strasse",
            "dot.");

    @BeforeEach
    void areMembers() {
        TestUsers.register("acme", MEMBERS.toArray(String[]::new));
        StubConversations.admit(conversation, MEMBERS.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # one folding
            @ANN                                | ann
            @Bjorn and @BJÖRN                   | björn
            @bjo\u0308rn                        | björn
            ＠ann                               | ann
            ﹫ann                               | ann
            @ａｎｎ                             | ann
            ＠Ａｎｎ，你好                       | ann
            @Straße                             | strasse
            @احمد                               | أحمد
            @أَحْمَد                               | أحمد
            @דָּוִד                               | דוד
            @a\u00ADnn                          | ann
            @\u2068ann\u2069 hi                 | ann
            \u200F@דוד\u200F שלום               | דוד
            # without spaces around
            你好@小明请看                        | 小明
            你好@小明明请看                      | 小明明
            @小明                               | 小明
            请@ann看                            | ann
            请＠ann看                           | ann
            @小明@さくら                         | 小明 さくら
            ありがとう@さくらさん                 | さくら
            สวัสดี@สมชายครับ                     | สมชาย
            ที่@สมชาย                            | สมชาย
            안녕@철수야                          | 철수
            ok@小明                             | 小明
            ok@สมชาย                            | สมชาย
            @철수에게 @ann                       | 철수 ann
            看https://example.org/x。@小明       | 小明
            # dots and other ends
            thanks @ann.                        | ann
            thanks @ann...                      | ann
            thanks @ann… and @bob.smith.        | ann bob.smith
            @bob.smith                          | bob.smith
            @dot.                               | dot.
            (@ann), @ann: @ann!                 | ann
            @ann's turn                         | ann
            @ann。@bob.smith                    | ann bob.smith
            -@ann                               | ann
            _@ann_ and _@bob.smith_             | ann bob.smith
            # several at once
            @ann@bob.smith                      | ann bob.smith
            @ann@小明@bob.smith                  | ann 小明 bob.smith
            @x@example.org                      | x@example.org
            @ann/@bob.smith                     | ann bob.smith
            @@ann                               | ann
            @ann,@bob.smith;@小明               | ann bob.smith 小明
            """)
    void mentions(String text, String names) {
        assertThat(mentioned(text.translateEscapes())).containsExactlyElementsOf(Arrays.asList(names.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # addresses of people
            ann@ann
            me.too@ann and me+x@bob.smith
            mail x@example.org now
            é@ann
            1@ann
            Ω@ann
            me@例え.jp
            # addresses of pages
            https://example.org/@ann
            https://example.org/@ann/1
            HTTPS://EXAMPLE.ORG/@ann
            (https://example.org/@ann)
            see https://example.org/a?b=@ann&c=@ann#@ann
            https://ann:secret@ann/
            看https://example.org/@ann
            https://例え.jp/@さくら
            ftp://example.org/@ann
            www.example.org/@ann
            example.org/@ann
            example.org:8080/x/@ann
            example.org?who=@ann
            //example.org/@ann
            # nobody
            @
            @ ann
            @@
            @nobody@ann
            @annabel
            @bob
            """)
    void mentionsNobody(String text) {
        assertThat(mentioned(text)).isEmpty();
    }

    @Test
    void isSentHoweverHardItIsToRead() {
        for (String text : List.of("@" + "字".repeat(9_000), "@字".repeat(5_000), "@a.".repeat(3_333))) {
            assertThat(as(alice).post(messages(), Map.of("text", text)).status())
                    .isEqualTo(201);
        }
    }

    private List<String> mentioned(String text) {
        Answer rest = as(alice).post(messages(), Map.of("text", text));
        Answer direct = as(alice).post("/internal/conversations/" + conversation + "/messages", Map.of("text", text));
        assertThat(direct.body().path("mentions")).isEqualTo(rest.body().path("mentions"));
        return rest.body()
                .path("mentions")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private String messages() {
        return "/api/v1/conversations/" + conversation + "/messages";
    }
}
