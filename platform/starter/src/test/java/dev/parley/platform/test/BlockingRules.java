package dev.parley.platform.test;

import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What BlockHound lets pass in the tests, and why. Everything else that blocks an event loop fails the test. */
public final class BlockingRules implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder
                // Libraries swallow the error, and somebody waits in vain: show it.
                .blockingMethodCallback(method -> {
                    BlockingOperationError blocked = new BlockingOperationError(method);
                    blocked.printStackTrace();
                    throw blocked;
                })
                // The kernel's random source does not wait once it has been seeded, which it is since boot.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                // Kafka's and Netty's classes are loaded from jars when first used.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                .allowBlockingCallsInside("java.lang.Class", "forName")
                .allowBlockingCallsInside("com.github.luben.zstd.util.Native", "load")
                // Locks of libraries, held for a few instructions: MongoDB's connection pool, Spring Data's table of
                // entities, and the queue of a scheduler.
                .allowBlockingCallsInside("com.mongodb.internal.Locks", "checkedWithLock")
                .allowBlockingCallsInside("com.mongodb.internal.Locks", "lockInterruptibly")
                .allowBlockingCallsInside(
                        "org.springframework.data.mapping.context.AbstractMappingContext", "getPersistentEntity")
                .allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "offer");
    }
}
