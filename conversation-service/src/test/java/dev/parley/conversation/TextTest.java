package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.ApiClient.Answer;
import dev.parley.platform.test.TestTokens;
import dev.parley.platform.test.TestUsers;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a conversation may be called, and by what it is found. */
class TextTest extends ConversationServiceTestCase {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200B",
                "\u3164",
                "\u2800",
                "\uFEFF",
                "\u00AD",
                "\u202E\u202C",
                "\u115F",
                " \u00A0\u3000",
                "\u2060\n",
                "\uDB40\uDC41",
                "\uFE0F"
            })
    void refusesNamesThatShowNothing(String blank) {
        assertThat(refused(create(blank, null))).containsExactly("name");
        assertThat(refused(change(group("Team"), Map.of("name", blank)))).containsExactly("name");
    }

    @Test
    void takesFromNamesWhatCannotBeSeen() {
        Answer created = create("\u202ETeam\u200B \u2066One\u2069\uFEFF ", "\u200B\u3164");
        assertThat(created.body().path("name").asString()).isEqualTo("Team One");
        assertThat(created.body().path("description").asString("")).isEmpty();

        TestMessageLog group = messageLogOf(created.body());
        Answer changed =
                change(group, Map.of("name", "👩\u200D💻 co\u00ADde", "description", " first line\n  second\u202E "));
        assertThat(changed.body().path("name").asString()).isEqualTo("👩\u200D💻 code");
        assertThat(changed.body().path("description").asString()).isEqualTo("first line\n  second\u202E");
    }

    @Test
    void countsCodePoints() {
        assertThat(create("👍".repeat(100), "👍".repeat(1_000)).status()).isEqualTo(201);
        assertThat(refused(create("👍".repeat(101), "👍".repeat(1_001)))).containsExactly("name", "description");
        assertThat(found("👍".repeat(200)).status()).isEqualTo(200);
        assertThat(refused(found("👍".repeat(201)))).containsExactly("search");
    }

    @ParameterizedTest
    @CsvSource({
        "Jose\u0301 Núñez, JOSE nunez", "Straße, STRASSE", "Ёлка, елка", "ＴＥＡＭ, team", "team, ｔｅａｍ", "مُحَمَّد, محمد",
                "محـــمد, محمد", "کتاب, كتاب", "علی, علي",
        "שָׁלוֹם, שלום", "so\u00ADft, soft", "Łódź, lodz", "ﾊﾟﾝ屋, パン", "Đỗ, do", "ﬁn, FIN", "İzmir, izmir",
                "v1.2.3, 1.2", "ΣΊΣΥΦΟΣ, σισυφος"
    })
    void findsByTheFoldedName(String name, String query) {
        TestMessageLog byName = group(name);
        TestMessageLog byDescription =
                messageLogOf(create("Other", "of " + name).body());
        TestUsers.rename(bob, name);
        TestMessageLog direct = direct(alice, bob);

        for (String asked : List.of(query, name)) {
            assertThat(found(asked).body().path("data").findValuesAsString("id"))
                    .contains(byName.conversationId, byDescription.conversationId, direct.conversationId);
        }
        assertThat(found("nothing like it").body().path("data")).isEmpty();
    }

    @Test
    void refusesNulInEveryField() {
        assertThat(refused(create("a\u0000b", "a\u0000b"))).containsExactlyInAnyOrder("name", "description");
        assertThat(refused(change(group("Team"), Map.of("name", "\u0000", "unknown", "a\u0000b"))))
                .containsExactlyInAnyOrder("name", "unknown");
    }

    /** A lone byte, a cut character, an overlong slash, half of a surrogate pair, beyond the last code point. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c0af", "e080af", "eda080", "f4908080"})
    void refusesWhatIsNoUtf8InABodyAPathAndAQuery(String bytes) throws Exception {
        byte[] body = HexFormat.of().parseHex(hex("{\"participantIds\":[],\"name\":\"a") + bytes + hex("\"}"));
        HttpRequest post = HttpRequest.newBuilder(URI.create(address() + BASE + "/group"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TestTokens.tokenFor(alice, "acme"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var answer = HttpClient.newHttpClient().send(post, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"request.malformed\"", "\"statusCode\":400");

        String encoded = bytes.replaceAll("..", "%$0");
        for (String path : List.of("/a" + encoded, "/a" + encoded + "/unread", "?search=" + encoded, "?" + encoded)) {
            Answer refused = as(alice).getAsIs(BASE + path);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("request.malformed");
        }
    }

    private Answer create(String name, String description) {
        Map<String, Object> body = description == null
                ? Map.of("name", name, "participantIds", List.of())
                : Map.of("name", name, "description", description, "participantIds", List.of());
        return as(alice).post(BASE + "/group", body);
    }

    private Answer change(TestMessageLog group, Map<String, ?> what) {
        return as(alice).call("PATCH", BASE + "/" + group.conversationId, what);
    }

    private Answer found(String search) {
        return as(alice).getAsIs(BASE + "?search=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> refused(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("request.invalid");
        return answer.body().get("errors").findValuesAsString("field");
    }
}
