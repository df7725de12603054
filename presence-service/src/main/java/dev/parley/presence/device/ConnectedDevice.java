package dev.parley.presence.device;

import dev.parley.presence.transport.ClientEndpoint;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.WebSocketChannel;
import dev.parley.presence.transport.WireForm;
import dev.parley.presence.transport.WireMessage;
import org.jspecify.annotations.Nullable;

/** A device that is connected to this node, whatever its protocol. */
public final class ConnectedDevice implements Device {

    private final ClientEndpoint endpoint;
    private final ConnectedUser user;

    public ConnectedDevice(ClientEndpoint endpoint, ConnectedUser user) {
        this.endpoint = endpoint;
        this.user = user;
    }

    @Override
    public ConnectedUser user() {
        return user;
    }

    /** See {@link ClientEndpoint#hold}. */
    public void hold() {
        endpoint.hold();
    }

    /** See {@link ClientEndpoint#holdForReplay}. */
    public void holdForReplay() {
        endpoint.holdForReplay();
    }

    /** See {@link ClientEndpoint#replay}. */
    public void replay(WireMessage message) {
        endpoint.replay(message);
    }

    /** See {@link ClientEndpoint#release}. */
    public void release() {
        endpoint.release();
    }

    /** See {@link ClientEndpoint#pendingReplayBytes}. */
    public long pendingReplayBytes() {
        return endpoint.pendingReplayBytes();
    }

    /** See {@link ClientEndpoint#replayBacklog}. */
    public Backlog replayBacklog() {
        return endpoint.replayBacklog();
    }

    @Override
    public String id() {
        return endpoint.id();
    }

    @Override
    public WireForm form() {
        return endpoint.form();
    }

    @Override
    public @Nullable WebSocketChannel webSocket() {
        return endpoint.webSocket();
    }

    @Override
    public void deliver(WireMessage message) {
        endpoint.deliver(message);
    }

    @Override
    public Backlog backlog() {
        return endpoint.backlog();
    }

    @Override
    public long pendingBytes() {
        return endpoint.pendingBytes();
    }

    @Override
    public void close(CloseReason reason) {
        endpoint.close(reason);
    }

    @Override
    public String toString() {
        return "ConnectedDevice[" + user.id() + " " + id() + "]";
    }
}
