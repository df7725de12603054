package dev.parley.presence.chatcore;

import dev.parley.presence.recovery.StreamOffset;
import dev.parley.presence.socketio.Socket;
import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.WebSocketCarrier;
import dev.parley.presence.transport.WireForm;
import org.jspecify.annotations.Nullable;

/** A socket as it is told what it missed, past what is held back meanwhile. */
final class ReplayTarget implements Recipient {

    static final int NONE = -1;

    private final Socket socket;
    private final int partitions;
    private int leftOut = NONE;
    private volatile int events;
    private volatile long bytes;

    ReplayTarget(Socket socket, int partitions) {
        this.socket = socket;
        this.partitions = partitions;
    }

    /** From now on leaves out the parts of the record up to this one: the client has them. */
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
    public String id() {
        return "replay:" + socket.id();
    }

    @Override
    public WireForm form() {
        return socket.form();
    }

    @Override
    public @Nullable WebSocketCarrier direct() {
        return null;
    }

    @Override
    public synchronized void deliver(Message message) {
        String offset = message.offset();
        if (offset != null && StreamOffset.partOf(offset, partitions) <= leftOut) {
            return;
        }
        events++;
        bytes += message.size();
        socket.replay(message);
    }

    @Override
    public @Nullable Object owner() {
        return socket.owner();
    }

    @Override
    public Backlog backlog() {
        return socket.backlog();
    }

    @Override
    public void close(CloseReason reason) {
        socket.close(reason);
    }
}
