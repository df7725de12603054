package dev.parley.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.test.BlockedCalls;
import io.netty.buffer.ByteBufAllocator;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class during which an event loop was blocked or a buffer was leaked. */
public final class EventLoopGuard implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        BlockedCalls.seen().clear();
        RecordingLeakDetector.leaks().clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(BlockedCalls.seen()).isEmpty();
        findLeaks();
        assertThat(RecordingLeakDetector.leaks()).isEmpty();
    }

    /** Leaks come to light when a lost buffer was collected and another one is allocated. */
    static void findLeaks() {
        for (int round = 0; round < 3; round++) {
            collectGarbage();
            ByteBufAllocator.DEFAULT.directBuffer(1).release();
            ByteBufAllocator.DEFAULT.heapBuffer(1).release();
        }
    }

    /** Returns once a reference that was lost before has been found, or after a while. */
    private static void collectGarbage() {
        ReferenceQueue<Object> found = new ReferenceQueue<>();
        Reference<Object> lost = new WeakReference<>(new Object(), found);
        System.gc();
        try {
            found.remove(1000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Reference.reachabilityFence(lost);
    }
}
