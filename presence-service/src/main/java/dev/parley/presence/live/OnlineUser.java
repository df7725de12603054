package dev.parley.presence.live;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.WebSocketCarrier;
import dev.parley.presence.transport.WireForm;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a user's place in the rooms of {@link OnlineMembers} while the user is online, at whatever node. Nothing is sent to
 * it.
 */
record OnlineUser(String tenantId, String userId) implements Recipient {

    private static final WireForm NOTHING = new WireForm() {};

    @Override
    public String id() {
        return "online:" + tenantId + ":" + userId;
    }

    @Override
    public WireForm form() {
        return NOTHING;
    }

    @Override
    public @Nullable WebSocketCarrier direct() {
        return null;
    }

    @Override
    public void deliver(Message message) {}

    @Override
    public @Nullable Object owner() {
        return null;
    }

    @Override
    public Backlog backlog() {
        return Backlog.LOST;
    }

    @Override
    public void close(CloseReason reason) {}
}
