package dev.parley.platform.test;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What BlockHound lets pass in the tests, and why. Everything else that blocks an event loop fails the test. */
public final class BlockingRules implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder
                // The kernel's random source does not wait once it has been seeded, which it is since boot.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                // Kafka's and Netty's classes are loaded from jars when first used.
                .allowBlockingCallsInside("java.lang.ClassLoader", "loadClass")
                .allowBlockingCallsInside("java.lang.Class", "forName")
                // An enqueue that takes an uncontended lock for the length of an array write.
                .allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "offer");
    }
}
