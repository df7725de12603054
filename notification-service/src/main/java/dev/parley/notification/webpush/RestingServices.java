package dev.parley.notification.webpush;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows the push services that did not answer several times in a row, by where they are. They are left alone for a while, so that whoever names
 * one that never answers does not hold up the pushes of everybody else again and again.
 */
final class RestingServices {

    private static final int FAILURES = 3;

    /** Of more than that some are forgotten, and tried again. */
    private static final int MAX_SERVICES = 10_000;

    private final Cache<InetAddress, AtomicInteger> failures;

    /** @param rest how long since the last failure */
    RestingServices(Duration rest) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_SERVICES)
                .expireAfterAccess(rest)
                .build();
    }

    boolean rests(InetAddress service) {
        AtomicInteger failed = failures.policy().getIfPresentQuietly(service);
        return failed != null && failed.get() >= FAILURES;
    }

    void failed(InetAddress service) {
        failures.get(service, first -> new AtomicInteger()).incrementAndGet();
    }

    void answered(InetAddress service) {
        failures.invalidate(service);
    }
}
