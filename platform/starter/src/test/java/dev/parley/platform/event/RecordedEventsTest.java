package dev.parley.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.Event;
import dev.parley.events.EventCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as versions up to this one wrote them can be read. A recording is never changed; those of new events are added:
 *
 * <pre>./mvnw test -pl platform/starter -am -Dtest=RecordedEventsTest -Dparley.events.record=true</pre>
 */
class RecordedEventsTest {

    private static final Path RECORDINGS = Path.of("src/test/resources/events/recorded");
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:06Z");
    private static final JsonMapper JSON = ServiceJson.mapper();

    private final EventCodec codec = new EventCodec(JSON, "/parley/recorder");

    static Stream<Path> recordings() throws IOException {
        if (Boolean.getBoolean("parley.events.record")) {
            record();
        }
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isReadAndWrittenAsItWas(Path file) {
        RecordedEvent recorded = read(file);

        ReceivedEvent read = codec.decode(recorded.at(1)).orElseThrow();

        assertThat(JSON.valueToTree(read.data()).toString())
                .isEqualTo(recorded.data().toString());
        PendingEvent again = codec.pending(read.data(), 0, read.time());
        assertThat(again.type()).isEqualTo(recorded.headers().get("ce_type"));
        assertThat(again.topic()).isEqualTo(recorded.topic());
        assertThat(again.key()).isEqualTo(recorded.key());
        assertThat(JSON.readTree(again.data())).isEqualTo(recorded.data());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void saysWhatItSaid(Path file) {
        String name = file.getFileName().toString().replace(".json", "");

        Event read = codec.decode(read(file).at(1)).orElseThrow().data();

        assertThat(read).isEqualTo(EventSamples.all().get(name));
    }

    @Test
    void everyTypeOfEventIsRecorded() throws IOException {
        assertThat(recordings().map(file -> read(file).headers().get("ce_type")))
                .containsAll(EventCatalogue.entries().stream()
                        .map(EventCatalogue.Entry::type)
                        .toList());
    }

    private static RecordedEvent read(Path file) {
        return JSON.readValue(file, RecordedEvent.class);
    }

    private static void record() throws IOException {
        Files.createDirectories(RECORDINGS);
        EventCodec codec = new EventCodec(JSON, "/parley/recorder");
        EventSamples.all().forEach((name, event) -> {
            Path file = RECORDINGS.resolve(name + ".json");
            if (!Files.exists(file)) {
                write(file, recorded(codec.encode(codec.pending(event, 0, TIME))));
            }
        });
    }

    private static RecordedEvent recorded(ProducerRecord<String, byte[]> written) {
        Map<String, String> headers = new TreeMap<>();
        written.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return new RecordedEvent(written.topic(), written.key(), headers, JSON.readTree(written.value()));
    }

    private static void write(Path file, RecordedEvent event) {
        try {
            Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(event) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
