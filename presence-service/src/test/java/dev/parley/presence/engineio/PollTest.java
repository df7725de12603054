package dev.parley.presence.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.presence.transport.Frame;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Packets that are handed to a poll just when its client goes away are lost, and so is the connection, whichever comes first. */
class PollTest {

    private final AtomicInteger losses = new AtomicInteger();
    private final Poll poll = new Poll(losses::incrementAndGet);

    @Test
    void reportsLostPacketsWhenTheClientLeavesAfterTheyWereHandedOver() {
        poll.read(List.of(Frame.text("4hello")));

        assertThat(poll.cancel()).isTrue();
        assertThat(losses).hasValue(0);
    }

    @Test
    void reportsLostPacketsWhenTheClientLeftBeforeTheyAreHandedOver() {
        assertThat(poll.cancel()).isFalse();

        poll.read(List.of(Frame.text("4hello")));

        assertThat(losses).hasValue(1);
    }
}
