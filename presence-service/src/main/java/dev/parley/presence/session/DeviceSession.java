package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.transport.ClientEndpoint;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The connection of one device from its admission to its end, whatever its protocol. */
public final class DeviceSession {

    private final ConnectedUser user;
    private final SessionRecovery recovery;
    private final AtomicReference<Map<String, Long>> fromSeqs;
    private volatile @Nullable ConnectedDevice device;

    /** @param fromSeqs the user's conversations, with the first visible {@code seq} of each */
    DeviceSession(ConnectedUser user, SessionRecovery recovery, Map<String, Long> fromSeqs) {
        this.user = user;
        this.recovery = recovery;
        this.fromSeqs = new AtomicReference<>(fromSeqs);
    }

    /** The id with which the client can reconnect. */
    public String privateId() {
        return recovery.privateId();
    }

    /** The device, once the session was {@link DeviceSessions#start started}. */
    public ConnectedDevice device() {
        return Objects.requireNonNull(device, "The session was not started");
    }

    SessionRecovery recovery() {
        return recovery;
    }

    ConnectedDevice connect(ClientEndpoint endpoint) {
        ConnectedDevice connected = new ConnectedDevice(endpoint, user);
        device = connected;
        return connected;
    }

    @Nullable ConnectedDevice deviceIfStarted() {
        return device;
    }

    /** Returns the conversations with which the user was admitted, only once: they change from then on. */
    Map<String, Long> takeFromSeqs() {
        return Objects.requireNonNull(fromSeqs.getAndSet(Map.of()));
    }
}
