package dev.parley.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.test.BlockedCalls;
import io.netty.buffer.ByteBufAllocator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The guard itself must be able to fail. */
@ExtendWith(EventLoopGuard.class)
class EventLoopGuardTest {

    @Test
    void findsABufferThatWasNeverReleased() {
        ByteBufAllocator.DEFAULT.directBuffer(16);

        Awaitility.await().until(() -> {
            EventLoopGuard.findLeaks();
            return !RecordingLeakDetector.leaks().isEmpty();
        });

        RecordingLeakDetector.leaks().clear();
    }

    @Test
    void findsACallThatBlocksAnEventLoop() {
        Mono<Object> sleeper = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return "slept";
                })
                .cast(Object.class)
                .subscribeOn(Schedulers.parallel());

        assertThatThrownBy(sleeper::block).hasMessageContaining("Blocking call");

        assertThat(BlockedCalls.seen()).hasSize(1);
        BlockedCalls.seen().clear();
    }
}
