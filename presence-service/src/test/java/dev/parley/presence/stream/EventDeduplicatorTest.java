package dev.parley.presence.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.events.ReceiptRead;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventDeduplicatorTest {

    private final EventDeduplicator repetitions = new EventDeduplicator(new StreamSettings(100, 100));

    @Test
    void aReceiptIsNewAgainWhenItSaysWhichMessagesAreFullyRead() {
        assertThat(isNew(5)).isTrue();
        assertThat(isNew(5)).isFalse();
        assertThat(isNew(5, "m4", "m5")).isTrue();
        assertThat(isNew(5, "m4", "m5")).isFalse();
        assertThat(isNew(5)).isFalse();
        assertThat(isNew(4, "m4")).isFalse();
    }

    @Test
    void aReceiptThatSaysSoAtOnceIsNewOnlyOnce() {
        assertThat(isNew(5, "m5")).isTrue();
        assertThat(isNew(5, "m5")).isFalse();
        assertThat(isNew(5)).isFalse();
        assertThat(isNew(6)).isTrue();
    }

    private boolean isNew(long seq, String... completed) {
        return repetitions.isNew(
                "any",
                new ReceiptRead(
                        "conversation",
                        "acme",
                        "alice",
                        "m" + seq,
                        seq,
                        0,
                        Instant.EPOCH,
                        List.of(),
                        List.of(completed),
                        0));
    }
}
