package dev.parley.platform.test;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What BlockHound lets pass in the tests, and why. Everything else that blocks an event loop fails the test. */
public final class BlockingRules implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.blockingMethodCallback(BlockedCalls::refuse)
                // The kernel's random source does not wait once it has been seeded, which it is since boot.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                // Kafka's and Netty's classes are loaded from jars when first used.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                .allowBlockingCallsInside("java.lang.Class", "forName")
                .allowBlockingCallsInside("com.github.luben.zstd.util.Native", "load")
                // ICU reads its tables of Unicode from its jar when first used; a service does so when it starts.
                .allowBlockingCallsInside("com.ibm.icu.impl.ICUData", "getStream")
                .allowBlockingCallsInside("com.ibm.icu.impl.ICUConfig", "<clinit>")
                .allowBlockingCallsInside("com.ibm.icu.impl.ICUBinary", "getRequiredData")
                .allowBlockingCallsInside("com.ibm.icu.impl.ICUBinary", "getData")
                // When many entries are written at once a cache spins, at most a hundred times, before it makes room.
                .allowBlockingCallsInside("com.github.benmanes.caffeine.cache.BoundedLocalCache", "afterWrite")
                // The wait for a lock: libraries take locks for a few instructions everywhere (queues of executors,
                // MongoDB's connection pool, Spring Data's tables). What is done while one is held is still watched.
                .allowBlockingCallsInside("java.util.concurrent.locks.ReentrantLock$Sync", "lock")
                .allowBlockingCallsInside("java.util.concurrent.locks.ReentrantLock$Sync", "lockInterruptibly")
                .allowBlockingCallsInside("java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock", "lock")
                .allowBlockingCallsInside("java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock", "lock")
                .allowBlockingCallsInside("java.util.concurrent.locks.StampedLock", "acquireRead")
                .allowBlockingCallsInside("java.util.concurrent.locks.StampedLock", "acquireWrite");
    }
}
