package dev.parley.platform.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.blockhound.BlockingMethod;
import reactor.blockhound.BlockingOperationError;

/** Remembers and shows the calls that blocked an event loop: the error alone may be swallowed where it is thrown. */
public final class BlockedCalls {

    private static final List<Throwable> SEEN = new CopyOnWriteArrayList<>();

    private BlockedCalls() {}

    /** Those of this JVM so far; a test may clear them. */
    public static List<Throwable> seen() {
        return SEEN;
    }

    static void refuse(BlockingMethod method) {
        BlockingOperationError blocked = new BlockingOperationError(method);
        SEEN.add(blocked);
        blocked.printStackTrace();
        throw blocked;
    }
}
