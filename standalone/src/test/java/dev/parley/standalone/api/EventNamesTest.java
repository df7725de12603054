package dev.parley.standalone.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The events in the document are those that presence-service names. */
class EventNamesTest {

    private static final Path SURFACE = Path.of("../presence-service/src/main/java/dev/parley/presence/chatcore");

    /** Nothing but events is written so there; {@code typing} is the only one of a single word. */
    private static final Pattern EVENT = Pattern.compile("\"([a-z]+(?:_[a-z]+)+|typing)\"");

    @Test
    void everyEventOfTheSurfaceIsDocumentedAndEveryDocumentedOneIsThere() throws IOException {
        Set<String> documented = new TreeSet<>(EventContract.asked());
        documented.addAll(EventContract.told());

        try (Stream<Path> sources = Files.list(SURFACE)) {
            Set<String> named = sources.flatMap(EventNamesTest::events).collect(Collectors.toCollection(TreeSet::new));
            assertThat(named).isEqualTo(documented);
        }
    }

    /** Every event that a socket gets in the tests is held against the document, which allows no other fields. */
    @Test
    void noEventHasWhatUsersSeeOnlyOfThemselves() {
        assertThat(EventContract.fields("conversation_created")).contains("participants", "user", "displayName");
        for (String event : EventContract.told()) {
            assertThat(EventContract.fields(event)).as(event).doesNotContain("email", "phone");
        }
    }

    private static Stream<String> events(Path source) {
        try {
            return EVENT.matcher(Files.readString(source)).results().map(found -> found.group(1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
