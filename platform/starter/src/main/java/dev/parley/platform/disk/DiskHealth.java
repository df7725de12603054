package dev.parley.platform.disk;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Out of service while writes are refused. Not part of readiness: reads and open connections go on. */
final class DiskHealth implements HealthIndicator {

    private final DiskGuard guard;

    DiskHealth(DiskGuard guard) {
        this.guard = guard;
    }

    @Override
    public Health health() {
        Health.Builder health = guard.isFull() ? Health.outOfService() : Health.up();
        return health.withDetail("free", guard.free())
                .withDetail("minFree", guard.settings().minFree().toBytes())
                .withDetail("resumeAt", guard.settings().resumeAt().toBytes())
                .build();
    }
}
