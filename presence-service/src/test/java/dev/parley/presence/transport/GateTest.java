package dev.parley.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class GateTest {

    private static final OutboundLimits LIMITS =
            OutboundLimits.defaults().withPending(DataSize.ofBytes(100), DataSize.ofBytes(100));

    private final Outlet outlet = new Outlet(LIMITS, new TransportMetrics(new SimpleMeterRegistry()), () -> {});
    private final AtomicInteger overflows = new AtomicInteger();
    private final Gate gate = new Gate(outlet, LIMITS, overflows::incrementAndGet);

    @Test
    void sendsWhatItHeldBackWhenItOpens() {
        gate.close();
        gate.deliver(message(40));
        assertThat(outlet.pendingBytes()).isZero();

        gate.open();
        gate.deliver(message(10));

        assertThat(outlet.pendingBytes()).isEqualTo(50);
        assertThat(overflows).hasValue(0);
    }

    @Test
    void givesUpOnceWhenItHoldsMoreThanHalfOfWhatMayWait() {
        gate.close();
        gate.deliver(message(40));
        gate.deliver(message(20));
        gate.deliver(message(5));
        gate.deliver(message(60));

        assertThat(overflows).hasValue(1);
        assertThat(gate.pendingBytes()).isZero();
        gate.open();
        List<Frame> frames = new ArrayList<>(outlet.close());
        assertThat(frames).isEmpty();
    }

    private static Message message(int bytes) {
        return Message.of(Frame.text("x".repeat(bytes)));
    }
}
