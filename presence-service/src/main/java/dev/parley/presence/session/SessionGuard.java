package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.SignInChecks;
import dev.parley.presence.limit.ConnectionLimiter;
import dev.parley.presence.transport.CloseReason;
import org.springframework.stereotype.Component;

/** Lets a device stay connected only while its user may have that many devices and its sign-in is valid. */
@Component
final class SessionGuard {

    private final ConnectionLimiter limiter;
    private final SignInChecks checks;
    private final RevokedSignIns revokedSignIns;

    SessionGuard(ConnectionLimiter limiter, SignInChecks checks, RevokedSignIns revokedSignIns) {
        this.limiter = limiter;
        this.checks = checks;
        this.revokedSignIns = revokedSignIns;
    }

    /** Counts a device until {@link #release}. Returns false if other devices took the last place meanwhile. */
    boolean addConnection(ConnectedDevice device) {
        return limiter.addConnection(device.user());
    }

    /**
     * Closes the device when its sign-in is revoked. Called after the device has entered its rooms, so that no revocation
     * is missed.
     */
    void watch(ConnectedDevice device) {
        checks.start(device.user(), () -> device.close(CloseReason.REVOKED));
        if (revokedSignIns.contains(device.user())) {
            device.close(CloseReason.REVOKED);
        }
    }

    void release(ConnectedDevice device) {
        checks.stop(device.user());
        limiter.removeConnection(device.user());
    }
}
