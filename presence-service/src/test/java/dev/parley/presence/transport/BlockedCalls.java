package dev.parley.presence.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Remembers the calls that blocked an event loop: the error alone may be swallowed where it is thrown. */
public final class BlockedCalls implements BlockHoundIntegration {

    private static final List<Throwable> SEEN = new CopyOnWriteArrayList<>();

    static List<Throwable> seen() {
        return SEEN;
    }

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.blockingMethodCallback(method -> {
            BlockingOperationError error = new BlockingOperationError(method);
            SEEN.add(error);
            throw error;
        });
    }
}
