package dev.parley.presence.live;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.WebSocketCarrier;
import dev.parley.presence.transport.WireForm;
import dev.parley.presence.user.ConnectedUser;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a user's place in rooms from the first device until the user counts as gone, however often devices come and go
 * meanwhile. Nothing is sent to it.
 */
public final class Present implements Recipient {

    private static final WireForm NOTHING = new WireForm() {};

    private final ConnectedUser user;

    public Present(ConnectedUser user) {
        this.user = user;
    }

    public String userId() {
        return user.id();
    }

    @Override
    public String id() {
        return "present:" + user.tenantId() + ":" + user.id();
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
    public ConnectedUser owner() {
        return user;
    }

    @Override
    public Backlog backlog() {
        return Backlog.LOST;
    }

    @Override
    public void close(CloseReason reason) {}
}
