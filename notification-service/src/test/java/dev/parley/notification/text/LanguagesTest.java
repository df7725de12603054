package dev.parley.notification.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the languages. */
class LanguagesTest {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");

    @Test
    void allHaveThePhrasesThatAreUsedAndNoOthers() throws IOException {
        List<String> keys = Arrays.stream(Phrase.values()).map(Phrase::key).toList();

        assertThat(files()).hasSizeGreaterThan(1).allSatisfy(file -> assertThat(
                        phrases(file).stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(keys));
    }

    @Test
    void allSayTheSameThings() throws IOException {
        Properties english = phrases(Path.of("src/main/resources/texts/push.properties"));

        assertThat(files()).allSatisfy(file -> {
            Properties phrases = phrases(file);
            for (Phrase phrase : Phrase.values()) {
                String pattern = phrases.getProperty(phrase.key());
                assertThat(arguments(pattern)).isEqualTo(arguments(english.getProperty(phrase.key())));
                assertThat(new MessageFormat(pattern).format(new Object[] {1, 2, 3}))
                        .isNotBlank()
                        .doesNotContain("{", "}");
            }
        });
    }

    private static List<String> arguments(String pattern) {
        return ARGUMENT.matcher(pattern)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/texts"))) {
            return files.collect(Collectors.toList());
        }
    }

    private static Properties phrases(Path file) throws IOException {
        Properties phrases = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            phrases.load(text);
        }
        return phrases;
    }
}
