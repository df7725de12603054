package dev.parley.presence.live;

import dev.parley.presence.transport.CloseReason;
import dev.parley.presence.transport.Message;
import dev.parley.presence.transport.Recipient;
import dev.parley.presence.transport.WebSocketCarrier;
import dev.parley.presence.transport.WireForm;
import org.jspecify.annotations.Nullable;

/** Keeps somebody's place in rooms. Nothing is sent to it. */
interface Placeholder extends Recipient {

    WireForm NOTHING = new WireForm() {};

    @Override
    default WireForm form() {
        return NOTHING;
    }

    @Override
    default @Nullable WebSocketCarrier direct() {
        return null;
    }

    @Override
    default void deliver(Message message) {}

    @Override
    default Backlog backlog() {
        return Backlog.LOST;
    }

    @Override
    default void close(CloseReason reason) {}
}
