package dev.parley.presence.stream;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.device.Device;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.WebSocketChannel;
import dev.parley.presence.transport.WireForm;
import org.jspecify.annotations.Nullable;

/** A device while it is sent what it missed, past the new events that are held back for it meanwhile. */
final class ReplayTarget implements Device {

    static final int NONE = -1;

    private final ConnectedDevice device;
    private final int partitions;
    private int leftOut = NONE;
    private volatile int events;
    private volatile long bytes;

    ReplayTarget(ConnectedDevice device, int partitions) {
        this.device = device;
        this.partitions = partitions;
    }

    /** From now on leaves out the parts of the event up to this one: the device has them. */
    void leaveOut(int upTo) {
        leftOut = upTo;
    }

    int events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public synchronized void deliver(Message message) {
        String offset = message.offset();
        if (offset != null && StreamOffset.partOf(offset, partitions) <= leftOut) {
            return;
        }
        events++;
        bytes += message.size();
        device.replay(message);
    }

    /** None: what is replayed goes through {@link #deliver}. */
    @Override
    public @Nullable WebSocketChannel direct() {
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
        return device.backlog();
    }

    @Override
    public void close(CloseReason reason) {
        device.close(reason);
    }
}
