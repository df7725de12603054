package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.SessionChecks;
import dev.parley.presence.limit.ConnectionLimiter;
import dev.parley.presence.transport.CloseReason;
import org.springframework.stereotype.Component;

/** Sees to it that a device is connected only while its user has a place for it and its sign-in holds. */
@Component
final class SessionGuard {

    private final ConnectionLimiter limiter;
    private final SessionChecks checks;
    private final EndedSessions ended;

    SessionGuard(ConnectionLimiter limiter, SessionChecks checks, EndedSessions ended) {
        this.limiter = limiter;
        this.checks = checks;
        this.ended = ended;
    }

    /** Counts a device until {@link #release}. Returns false if other devices took the last place meanwhile. */
    boolean hasPlace(ConnectedDevice device) {
        return limiter.connected(device.user());
    }

    /** Closes the device when its sign-in ends. Called after the device can be found: no end is missed in between. */
    void watch(ConnectedDevice device) {
        checks.begin(device.user(), () -> device.close(CloseReason.REVOKED));
        if (ended.contains(device.user())) {
            device.close(CloseReason.REVOKED);
        }
    }

    void release(ConnectedDevice device) {
        checks.end(device.user());
        limiter.disconnected(device.user());
    }
}
