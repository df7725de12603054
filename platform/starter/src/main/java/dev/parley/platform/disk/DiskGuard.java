package dev.parley.platform.disk;

import dev.parley.platform.error.ApiException;
import dev.parley.platform.error.PlatformError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Looks at the free space of the disk at intervals, and refuses writes while there is too little of it: before the store or the
 * broker fails, which could not be undone. What it keeps free is for what follows from writes that were accepted.
 */
final class DiskGuard implements WriteAdmission, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DiskGuard.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    private static final int RESERVED_PART = 2;

    private final FreeSpace space;
    private final DiskSettings settings;
    private final Counter refused;
    private volatile long free = Long.MAX_VALUE;
    private volatile boolean full;
    private volatile boolean unknown;
    private volatile Disposable checking = Disposables.disposed();

    DiskGuard(FreeSpace space, DiskSettings settings, MeterRegistry meters) {
        this.space = space;
        this.settings = settings;
        Gauge.builder("parley.disk.free", () -> unknown ? Double.NaN : free)
                .description("Free space of the disk that the store and the broker write to")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("parley.disk.full", () -> full ? 1 : 0)
                .description("1 while writes are refused for want of space")
                .register(meters);
        this.refused = Counter.builder("parley.disk.refused")
                .description("Writes that were refused for want of space")
                .register(meters);
    }

    @Override
    public void check() {
        if (full) {
            throw refusal();
        }
    }

    /** For a small write that much depends on: it may use half of what is kept free. */
    void checkReserved() {
        if (full && free < settings.minFree().toBytes() / RESERVED_PART) {
            throw refusal();
        }
    }

    private ApiException refusal() {
        refused.increment();
        return ApiException.retryLater(
                PlatformError.STORAGE_FULL, "The disk is nearly full: nothing can be written for now", RETRY_AFTER);
    }

    boolean isFull() {
        return full;
    }

    DiskSettings settings() {
        return settings;
    }

    long free() {
        return free;
    }

    /**
     * If the free space is not known, writes are taken: the store still refuses what it cannot store, and a platform that
     * takes no writes because a folder cannot be looked at is of no use to anybody.
     */
    void look() {
        long found;
        try {
            found = space.bytes();
        } catch (IOException unreadable) {
            if (!unknown) {
                log.warn("The free space of {} is not known; writes are taken", settings.folder(), unreadable);
            }
            unknown = true;
            full = false;
            return;
        }
        unknown = false;
        free = found;
        if (!full && found < settings.minFree().toBytes()) {
            full = true;
            log.error(
                    "The disk of {} is nearly full: {} MB are free. Writes are refused until {} MB are free",
                    settings.folder(),
                    DataSize.ofBytes(found).toMegabytes(),
                    settings.resumeAt().toMegabytes());
        } else if (full && found >= settings.resumeAt().toBytes()) {
            full = false;
            log.warn(
                    "There is room again on the disk of {}: {} MB are free. Writes are taken",
                    settings.folder(),
                    DataSize.ofBytes(found).toMegabytes());
        }
    }

    /** The first look comes before the first request. */
    @Override
    public void start() {
        look();
        long interval = settings.checkInterval().toMillis();
        checking =
                Schedulers.boundedElastic().schedulePeriodically(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        checking.dispose();
    }

    @Override
    public boolean isRunning() {
        return !checking.isDisposed();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
