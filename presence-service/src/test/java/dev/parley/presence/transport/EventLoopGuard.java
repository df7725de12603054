package dev.parley.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/** Fails a test class during which an event loop was blocked or a buffer was leaked. */
public final class EventLoopGuard implements BeforeAllCallback, AfterAllCallback {

    private static final List<Throwable> BLOCKED = new CopyOnWriteArrayList<>();

    static {
        BlockHound.install(builder -> builder
                // A class is read from its file when it is first used; once in the life of a server.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                .blockingMethodCallback(method -> {
                    BlockingOperationError error = new BlockingOperationError(method);
                    BLOCKED.add(error);
                    throw error;
                }));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        BLOCKED.clear();
        RecordingLeakDetector.leaks().clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(BLOCKED).isEmpty();
        findLeaks();
        assertThat(RecordingLeakDetector.leaks()).isEmpty();
    }

    static List<Throwable> blocked() {
        return BLOCKED;
    }

    /** Leaks come to light when a lost buffer was collected and another one is allocated. */
    static void findLeaks() {
        for (int round = 0; round < 3; round++) {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(1).release();
            ByteBufAllocator.DEFAULT.heapBuffer(1).release();
        }
    }
}
