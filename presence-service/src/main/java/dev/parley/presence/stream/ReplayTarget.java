package dev.parley.presence.stream;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.WebSocketChannel;
import dev.parley.presence.transport.WireForm;
import dev.parley.presence.transport.WireMessage;
import org.jspecify.annotations.Nullable;

/** A device while it is sent what it missed, ahead of the new events that are held back for it meanwhile. */
final class ReplayTarget implements Device {

    static final int NONE = -1;

    private final ConnectedDevice device;
    private final int partitions;
    private int lastSkippedPart = NONE;
    private volatile int events;
    private volatile long bytes;

    ReplayTarget(ConnectedDevice device, int partitions) {
        this.device = device;
        this.partitions = partitions;
    }

    /** Skips the parts of the next event up to this one: the device has them. */
    void skipParts(int lastPart) {
        lastSkippedPart = lastPart;
    }

    int events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public synchronized void deliver(WireMessage message) {
        String offset = message.offset();
        if (offset != null && StreamOffset.partOf(offset, partitions) <= lastSkippedPart) {
            return;
        }
        events++;
        bytes += message.size();
        device.replay(message);
    }

    /** None: replayed messages go through {@link #deliver}. */
    @Override
    public @Nullable WebSocketChannel webSocket() {
        return null;
    }

    @Override
    public ConnectedUser user() {
        return device.user();
    }

    @Override
    public String id() {
        return "replay:" + device.id();
    }

    @Override
    public WireForm form() {
        return device.form();
    }

    @Override
    public Backlog backlog() {
        return device.replayBacklog();
    }

    @Override
    public void close(CloseReason reason) {
        device.close(reason);
    }
}
