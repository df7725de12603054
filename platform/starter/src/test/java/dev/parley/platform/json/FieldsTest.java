package dev.parley.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.error.FieldError;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FieldsTest {

    private static final String EMOJI = "\\ud83d\\ude00";
    private static final String HALF = "\\ud83d";

    @Test
    void takesPairsOfSurrogatesAndRefusesHalves() {
        Fields fields = fields("""
                {"whole": "a%1$s", "half": "a%2$s", "turned": "\\ude00\\ud83d", "secret": "%2$s long enough",
                 "list": ["%1$s", "%2$s"]}""".formatted(EMOJI, HALF));

        assertThat(fields.text("whole", 1, 10)).isEqualTo("a\ud83d\ude00");
        fields.text("half", 1, 10);
        fields.optionalText("turned", 1, 10);
        fields.secret("secret", 1, 30);
        fields.texts("list", 1, 2, 10);

        assertThat(fields.errors())
                .extracting(FieldError::field)
                .containsExactly("half", "turned", "secret", "list[1]");
        assertThat(fields.errors()).extracting(FieldError::code).containsOnly("format");
    }

    @Test
    void refusesNumbersThatAreTooLargeForAny() {
        Fields fields = fields("""
                {"whole": 1%s, "decimal": 1e400, "fine": 2.5, "round": 3}""".formatted("0".repeat(400)));

        fields.optionalDecimal("whole", 0, 10);
        fields.optionalDecimal("decimal", 0, 10);
        assertThat(fields.optionalDecimal("fine", 0, 10)).isEqualTo(2.5);
        assertThat(fields.optionalDecimal("round", 0, 10)).isEqualTo(3.0);

        assertThat(fields.errors()).extracting(FieldError::field).containsExactly("whole", "decimal");
        assertThat(fields.errors()).extracting(FieldError::code).containsOnly("range");
    }

    @Test
    void countsLengthsInCodePoints() {
        Fields fields = fields("""
                {"text": "%1$s%1$s", "name": "%1$s%1$s", "written": "%1$s%1$s", "secret": "%1$s%1$s", "list": ["%1$s%1$s"],
                 "long": "%1$s%1$s%1$s"}""".formatted(EMOJI));

        fields.text("text", 2, 2);
        fields.name("name", 2);
        fields.writtenText("written", 2);
        fields.secret("secret", 2, 2);
        fields.texts("list", 1, 1, 2);
        fields.text("long", 1, 2);

        assertThat(fields.errors()).extracting(FieldError::field).containsExactly("long");
    }

    @Test
    void refusesWhatShowsNothingWhereSomethingIsAskedFor() {
        Fields fields = fields("""
                {"text": "\\u200b", "name": "\\u3164\\u2800", "written": " \\ufeff\\n", "list": ["\\u2060"], "none": "\\u200b", "empty": "\\u202e"}""");

        fields.text("text", 1, 10);
        fields.name("name", 10);
        fields.writtenText("written", 10);
        fields.texts("list", 1, 1, 10);
        assertThat(fields.optionalWrittenText("none", 0, 10)).isEqualTo("\u200b");
        assertThat(fields.optionalName("empty", 0, 10)).isEmpty();

        assertThat(fields.errors()).extracting(FieldError::field).containsExactly("text", "name", "written", "list[0]");
    }

    @Test
    void cleansNamesAndLeavesTextAsItIsWritten() {
        Fields fields = fields("""
                {"name": " An\\u202ena ", "written": "\\t a\\u202e\\n"}""");

        assertThat(fields.name("name", 4)).isEqualTo("Anna");
        assertThat(fields.writtenText("written", 5)).isEqualTo("\t a\u202e\n");
        assertThat(fields.errors()).isEmpty();
    }

    private static Fields fields(String json) {
        return Fields.of(new JsonMapper().readTree(json));
    }
}
