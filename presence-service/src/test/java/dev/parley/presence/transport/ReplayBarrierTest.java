package dev.parley.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ReplayBarrierTest {

    private static final OutboundLimits LIMITS =
            OutboundLimits.defaults().withPending(DataSize.ofBytes(100), DataSize.ofBytes(100));

    private final OutboundQueue outbound =
            new OutboundQueue(LIMITS, new TransportMetrics(new SimpleMeterRegistry()), () -> {});
    private final AtomicInteger overflows = new AtomicInteger();
    private final ReplayBarrier barrier = new ReplayBarrier(outbound, LIMITS, overflows::incrementAndGet);

    @Test
    void sendsHeldMessagesWhenItOpens() {
        barrier.close();
        barrier.deliver(message(40));
        assertThat(outbound.pendingBytes()).isZero();

        barrier.open();
        barrier.deliver(message(10));

        assertThat(outbound.pendingBytes()).isEqualTo(50);
        assertThat(overflows).hasValue(0);
    }

    @Test
    void overflowsOnceWhenItHoldsMoreThanHalfOfTheLimit() {
        barrier.close();
        barrier.deliver(message(40));
        barrier.deliver(message(20));
        barrier.deliver(message(5));
        barrier.deliver(message(60));

        assertThat(overflows).hasValue(1);
        assertThat(barrier.pendingBytes()).isZero();
        barrier.open();
        List<Frame> frames = new ArrayList<>(outbound.close());
        assertThat(frames).isEmpty();
    }

    @Test
    void leavesMessagesWithAnOffsetToTheReplay() {
        barrier.closeForReplay();
        barrier.deliver(message(40));
        barrier.deliver(recorded(90));
        assertThat(barrier.isDrained()).isFalse();
        assertThat(barrier.isDrainedBehindBarrier()).isTrue();
        barrier.bypass(recorded(20));

        barrier.open();
        barrier.deliver(recorded(5));

        assertThat(outbound.pendingBytes()).isEqualTo(65);
        assertThat(overflows).hasValue(0);
    }

    @Test
    void holdsBackEverythingWithoutAReplay() {
        barrier.close();
        barrier.deliver(recorded(10));
        barrier.deliver(message(20));

        barrier.open();

        assertThat(outbound.pendingBytes()).isEqualTo(30);
    }

    private static WireMessage recorded(int bytes) {
        return new WireMessage(List.of(Frame.text("x".repeat(bytes))), false, "offset");
    }

    private static WireMessage message(int bytes) {
        return WireMessage.of(Frame.text("x".repeat(bytes)));
    }
}
