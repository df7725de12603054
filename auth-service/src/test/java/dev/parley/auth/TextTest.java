package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.Client.Account;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** What people may write as names, passwords and questions, and which of these count as the same. */
class TextTest extends OverTheWire {

    private static final String REGISTER = "/api/v1/auth/register";
    private static final String LOGIN = "/api/v1/auth/login";
    private static final String ME = "/api/v1/users/me";

    @BeforeEach
    void haveAnAddress() {
        client = client.from(Client.address());
    }

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
                "\uFE0F",
                "\u180E"
            })
    void refusesNamesThatShowNothing(String blank) {
        Map<String, Object> body = Client.registration(Client.unique("user"), "acme");
        body.put("username", blank);
        body.put("displayName", blank);
        body.put("firstName", blank);
        body.put("lastName", blank);

        assertThat(refused(client.post(REGISTER, body)))
                .containsExactlyInAnyOrder("username", "displayName", "firstName", "lastName");
    }

    @Test
    void takesFromNamesWhatCannotBeSeen() {
        Map<String, Object> body = Client.registration(Client.unique("user"), "acme");
        body.put("displayName", "\u202EAnna\u200B \u2066Maria\u2069\uFEFF");
        body.put("firstName", " An\u00ADna\u3164");
        body.put("lastName", "Berg\u200F\u2800");
        Account account = client.register(body);

        assertThat(account.text("displayName")).isEqualTo("Anna Maria");
        assertThat(account.text("firstName")).isEqualTo("Anna");
        assertThat(account.text("lastName")).isEqualTo("Berg");

        JsonNode changed = patch(account, Map.of("displayName", "👩\u200D💻 Ad\u200Ba\u202E", "lastName", "\u200B"));
        assertThat(changed.path("displayName").asString()).isEqualTo("👩\u200D💻 Ada");
        assertThat(changed.has("lastName")).as("an empty name is removed").isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"anna", "анна", "άννα", "田中ひろ", "김金철수", "नमस्ते1", "נועה7", "ไทย", "ñandú", "ｆｕｌｌ", "a.b-c_d+e"})
    void takesUsernamesOfOneScript(String username) {
        Account account = client.register(Client.registration(username, Client.unique("tenant")));

        assertThat(account.text("username")).isEqualTo(username);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"аnna", "раypal", "bobб", "αbc", "ab中", "anna١", "a۱1", "...", "-", "\u0301", "an na", "❤", "a/b"
            })
    void refusesUsernamesThatMixScriptsOrHaveNoLetter(String username) {
        Map<String, Object> body = Client.registration(Client.unique("user"), "acme");
        body.put("username", username);

        assertThat(refused(client.post(REGISTER, body))).containsExactly("username");
    }

    @ParameterizedTest
    @CsvSource({
        "paypal, PAYPAL",
        "paypal, paypaI",
        "paypal, paypa1",
        "pace, расе",
        "scope, ѕсоре",
        "anna, ａｎｎａ",
        "admin, adrnin",
        "admin, 𝓪𝓭𝓶𝓲𝓷",
        "user0, usero",
        "jose, josé",
        "strasse, Straße",
        "anna, an\u00ADna",
        "anna, a\u200Bnna",
        "anna, anna\uFE0F",
        "کاظم, كاظم",
        "محمد, محمّد"
    })
    void refusesUsernamesThatLookLikeAnother(String taken, String alike) {
        String tenant = Client.unique("tenant");
        client.register(Client.registration(taken, tenant));
        Map<String, Object> body = Client.registration(alike, tenant);
        body.put("email", Client.unique("other") + "@example.org");

        Client.problem(client.post(REGISTER, body), 409, "user.username-taken");

        body.put("tenantId", Client.unique("tenant"));
        client.register(body);
    }

    @Test
    void takesUsernamesThatDiffer() {
        String tenant = Client.unique("tenant");
        List.of("ian", "lan", "anna", "hanna", "user1", "user2", "か", "が").forEach(name -> {
            Map<String, Object> body = Client.registration(name, tenant);
            body.put("email", Client.unique("other") + "@example.org");
            client.register(body);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "anna@example.org, ANNA@Example.ORG",
        "josé@example.org, jose@example.org",
        "jose@example.org, José@example.org",
        "ä@straße.example, A@STRASSE.example",
        "anna@example.org, ａｎｎａ@example.org",
        "anna@example.org, \u200Banna@example.org\uFEFF",
        "anna@example.org, an\u00ADna@example.org",
        "کاظم@example.org, كاظم@example.org",
        "ё@example.org, е@example.org"
    })
    void signsInByTheFoldedEmail(String registered, String typed) {
        String tenant = Client.unique("tenant");
        Map<String, Object> body = Client.registration(Client.unique("user"), tenant);
        body.put("email", registered);
        Account account = client.register(body);

        assertThat(Client.json(login(typed, tenant, Client.PASSWORD))
                        .at("/user/id")
                        .asString())
                .isEqualTo(account.id());
        body.put("username", Client.unique("other"));
        body.put("email", typed);
        Client.problem(client.post(REGISTER, body), 409, "user.email-taken");
    }

    @ParameterizedTest
    @CsvSource({"pässwörter, pa\u0308sswo\u0308rter", "pa\u0308sswo\u0308rter, pässwörter", "각각각각각각각각, 각각각각각각각각"})
    void takesAPasswordInWhicheverFormAKeyboardWritesIt(String registered, String typed) {
        Map<String, Object> body = Client.registration(Client.unique("user"), "acme");
        body.put("password", registered);
        Account account = client.register(body);

        login(account.text("email"), "acme", typed).expectStatus().isOk();
        Client.problem(login(account.text("email"), "acme", "passworter"), 401, "auth.invalid-credentials");
        Client.problem(login(account.text("email"), "acme", registered + " "), 401, "auth.invalid-credentials");
    }

    @Test
    void countsCodePoints() {
        Map<String, Object> body = Client.registration(Client.unique("user"), "acme");
        body.put("displayName", "👍".repeat(100));
        body.put("password", "👍".repeat(128));
        client.register(body);

        body.put("displayName", "👍".repeat(101));
        body.put("password", "👍".repeat(7));
        assertThat(refused(client.post(REGISTER, body))).containsExactlyInAnyOrder("displayName", "password");
        body.put("password", "👍".repeat(129));
        body.remove("displayName");
        assertThat(refused(client.post(REGISTER, body))).containsExactly("password");

        Account account = client.register("acme");
        found(account, "👍".repeat(100)).expectStatus().isOk();
        assertThat(refused(found(account, "👍".repeat(101)))).containsExactly("query");
    }

    @ParameterizedTest
    @CsvSource({
        "Jose\u0301 Núñez, JOSE",
        "Straße, strasse",
        "Ёлка, елка",
        "ＡＬＩＣＥ, alice",
        "مُحَمَّد, محمد",
        "محـــمد, محمد",
        "علی, علي",
        "أحمد, احمد",
        "שָׁלוֹם, שלום",
        "so\u00ADft, soft",
        "Łukasz, lukasz",
        "ﾊﾟﾝ, パン",
        "Đỗ, do",
        "ﬁn, FIN",
        "İpek, ipek",
        "alice, ａｌｉｃｅ"
    })
    void findsPeopleByTheFoldedName(String name, String query) {
        Map<String, Object> body = Client.registration("somebody", Client.unique("tenant"));
        body.put("displayName", name);
        Account account = client.register(body);

        assertThat(usernames(found(account, query))).containsExactly("somebody");
        assertThat(usernames(found(account, name))).containsExactly("somebody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tenantId", "email", "username", "password", "firstName", "lastName", "displayName", "unknown"})
    void refusesNulInEveryField(String field) {
        Map<String, Object> body = Client.registration(Client.unique("user"), "acme");
        body.put(field, "a\u0000b");
        assertThat(refused(client.post(REGISTER, body))).contains(field);
    }

    /** A lone byte, a cut character, an overlong slash, half of a surrogate pair, beyond the last code point. */
    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c0af", "e080af", "eda080", "f4908080"})
    void refusesWhatIsNoUtf8InABodyAPathAndAQuery(String bytes) {
        byte[] body = HexFormat.of().parseHex(hex("{\"email\":\"a@b.c\",\"password\":\"") + bytes + hex("\"}"));
        Client.problem(posted(body), 400, "request.malformed");

        String encoded = bytes.replaceAll("..", "%$0");
        Account account = client.register("acme");
        for (String address : List.of(
                "/api/v1/users/a" + encoded, "/api/v1/users?query=" + encoded, "/api/v1/users?" + encoded + "=a")) {
            Client.problem(getAsIs(account, address), 400, "request.malformed");
        }
    }

    @Test
    void refusesOtherEncodingsAndNulInAnAddress() {
        String json = "{\"email\":\"a@b.c\",\"password\":\"long enough\"}";
        Client.problem(posted(json.getBytes(StandardCharsets.UTF_16LE)), 400, "request.malformed");
        Client.problem(posted(json.getBytes(StandardCharsets.UTF_16BE)), 400, "request.malformed");
        Account account = client.register("acme");
        Client.problem(getAsIs(account, "/api/v1/users?query=a%00"), 400, "request.malformed");
        getAsIs(account, "/api/v1/users?query=gr%C3%BC%C3%9Fe%F0%9F%91%8D+a")
                .expectStatus()
                .isOk();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private ResponseSpec posted(byte[] body) {
        return client.http
                .post()
                .uri(LOGIN)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private ResponseSpec getAsIs(Account account, String address) {
        return client.http
                .get()
                .uri(builder -> URI.create(builder.build() + address))
                .header("Authorization", "Bearer " + account.accessToken())
                .exchange();
    }

    private ResponseSpec login(String email, String tenantId, String password) {
        return client.post(LOGIN, Map.of("email", email, "password", password, "tenantId", tenantId));
    }

    private ResponseSpec found(Account account, String query) {
        return client.http
                .get()
                .uri("/api/v1/users?query={query}", query)
                .header("Authorization", "Bearer " + account.accessToken())
                .exchange();
    }

    private JsonNode patch(Account account, Map<String, Object> change) {
        ResponseSpec answer = client.send(HttpMethod.PATCH, ME, account.accessToken(), change);
        answer.expectStatus().isOk();
        return Client.json(answer);
    }

    private static List<String> usernames(ResponseSpec answer) {
        answer.expectStatus().isOk();
        return Client.json(answer).get("data").findValuesAsString("username");
    }

    private static List<String> refused(ResponseSpec answer) {
        return Client.problem(answer, 400, "request.invalid").get("errors").findValuesAsString("field");
    }
}
