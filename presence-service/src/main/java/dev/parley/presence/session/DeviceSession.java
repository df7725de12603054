package dev.parley.presence.session;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.membership.EventInterest;
import dev.parley.presence.membership.JoinedConversations;
import dev.parley.presence.transport.ClientEndpoint;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The connection of one device from its admission to its end, whatever its protocol. */
public final class DeviceSession {

    private final ConnectedUser user;
    private final SessionRecovery recovery;
    private final AtomicReference<JoinedConversations> joined;
    private final long epoch;
    private volatile @Nullable ConnectedDevice device;

    /** @param epoch when it was admitted, as {@link EventInterest#epoch} */
    DeviceSession(ConnectedUser user, SessionRecovery recovery, JoinedConversations joined, long epoch) {
        this.epoch = epoch;
        this.user = user;
        this.recovery = recovery;
        this.joined = new AtomicReference<>(joined);
    }

    /** The id with which the client can reconnect. */
    public String privateId() {
        return recovery.privateId();
    }

    /** Whose device it is. */
    public ConnectedUser user() {
        return user;
    }

    /** The device, once the session was {@link DeviceSessions#start started}. */
    public ConnectedDevice device() {
        return Objects.requireNonNull(device, "The session was not started");
    }

    /** Whether what was found out when it was admitted still counts. */
    boolean isOf(long now) {
        return epoch == now;
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
    JoinedConversations takeJoined() {
        return Objects.requireNonNull(joined.getAndSet(JoinedConversations.NONE));
    }
}
