package dev.parley.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.FieldError;
import dev.parley.platform.error.PlatformError;
import dev.parley.platform.event.ServiceJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AcceptedJsonTest {

    private static final JsonMapper SERVICE = ServiceJson.mapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "1.50",
                "1e5",
                "1E+05",
                "1e308",
                "-1.7976931348623157e308",
                "5e-324",
                "0e999",
                "0.1234567890123456789012345678901234567890",
                "9007199254740993",
                "123456789012345678901234567890123456789012345678901234567890",
                "{\"$where\": 1, \"a.b\": 2, \"\": 3, \"__proto__\": {}, \"\\u00e9\": null}",
                "[[], {}, true, false, null, \"\\ud83d\\ude00\"]",
            })
    void takesWhatEveryReaderHoldsAndWritesItAgainAsItWas(String value) {
        JsonNode tree = RequestJson.parse("{\"v\": " + value + "}");

        assertThat(errors(tree)).isEmpty();
        String again = SERVICE.writeValueAsString(SERVICE.readTree(SERVICE.writeValueAsString(tree)));
        assertThat(again).isEqualTo(SERVICE.writeValueAsString(tree)).satisfies(text -> {
            if (tree.path("v").isNumber()) {
                assertThat(text).isEqualTo("{\"v\":" + value + "}");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1e400, range",
        "-1e400, range",
        "1e-400, range",
        "1e999999999999, range",
        "1e-999999999999, range",
        "\"a\\u0000b\", format",
        "\"\\u0000\", format",
        "\"\\ud83d\", format",
        "\"\\ude00\\ud83d\", format",
    })
    void refusesWhatSomeReaderCannotHoldWhereverItIs(String value, String code) {
        for (String place : List.of("v", "a.b[1].v", "a[0][0]")) {
            String json =
                    switch (place) {
                        case "v" -> "{\"fine\": 1, \"v\": " + value + "}";
                        case "a.b[1].v" -> "{\"a\": {\"b\": [0, {\"v\": " + value + "}]}}";
                        default -> "{\"a\": [[" + value + "]]}";
                    };
            assertThat(errors(RequestJson.parse(json)))
                    .as(json)
                    .extracting(FieldError::field, FieldError::code)
                    .containsExactly(tuple(place, code));
            assertThat(errors(SERVICE.readTree(json))).as(json).hasSize(1);
        }
    }

    @Test
    void refusesWholeNumbersThatADoubleDoesNotReach() {
        assertThat(errors(RequestJson.parse("{\"v\": 1" + "0".repeat(308) + "}")))
                .isEmpty();
        assertThat(errors(RequestJson.parse("{\"v\": 1" + "0".repeat(309) + "}")))
                .extracting(FieldError::code)
                .containsExactly("range");
    }

    @Test
    void refusesNamesWithoutAForm() {
        assertThat(errors(RequestJson.parse("{\"a\\u0000\": 1, \"b\": {\"\\ud83d\": 2}}")))
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(tuple("a\uFFFD", "format"), tuple("b.\uFFFD", "format"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"k\":"})
    void boundsTheDepth(String open) {
        assertThat(errors(nested(open, AcceptedJson.MAX_DEPTH - 1))).isEmpty();
        assertThat(errors(nested(open, AcceptedJson.MAX_DEPTH)))
                .extracting(FieldError::code)
                .containsExactly("depth");
        assertThat(errors(nested(open, 400))).hasSize(1);
    }

    private static JsonNode nested(String open, int levels) {
        String close = open.equals("[") ? "]" : "}";
        return RequestJson.parse(
                "{\"v\": " + open.repeat(levels) + (open.equals("[") ? "" : "1") + close.repeat(levels) + "}");
    }

    @Test
    void namesNoMoreThanAHundredFaults() {
        assertThat(errors(RequestJson.parse("{\"v\": [" + "1e400,".repeat(5_000) + "0]}")))
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\": ", "{\"v\": 1} {}", "{\"v\": 01}", "{\"v\": NaN}", "{'v': 1}"})
    void refusesWhatIsNoJson(String text) {
        malformed(text);
    }

    @Test
    void refusesMoreThanItWouldKeepInMemory() {
        assertThat(errors(RequestJson.parse("{\"v\": [" + "{},".repeat(40_000) + "{}]}")))
                .isEmpty();
        malformed("{\"v\": [" + "{},".repeat(RequestJson.MAX_VALUES) + "{}]}");
        malformed("{\"v\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        malformed("{\"v\": 1" + "0".repeat(5_000) + "}");
        assertThatThrownBy(
                        () -> RequestJson.bounded(SERVICE).readTree("[" + "1,".repeat(RequestJson.MAX_VALUES) + "1]"))
                .isInstanceOf(JacksonException.class);
        assertThat(SERVICE.readTree("[" + "1,".repeat(RequestJson.MAX_VALUES) + "1]"))
                .hasSize(RequestJson.MAX_VALUES + 1);
    }

    @Test
    void readsNothingButUtf8() {
        assertThat(RequestJson.text("{\"v\": \"grüße\"}".getBytes(StandardCharsets.UTF_8)))
                .contains("grüße");
        for (byte[] other : List.of(
                "{\"v\": \"grüße\"}".getBytes(StandardCharsets.ISO_8859_1),
                new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})) {
            assertThatThrownBy(() -> RequestJson.text(other))
                    .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.code())
                            .isEqualTo(PlatformError.MALFORMED_REQUEST));
        }
    }

    private static void malformed(String text) {
        assertThatThrownBy(() -> RequestJson.parse(text))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.code())
                        .isEqualTo(PlatformError.MALFORMED_REQUEST));
    }

    private static List<FieldError> errors(JsonNode body) {
        return Fields.of(body).errors();
    }
}
