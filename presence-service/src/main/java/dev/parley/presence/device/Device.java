package dev.parley.presence.device;

import dev.parley.presence.transport.Recipient;

/** One device of a user, as events are sent to it. Compared by identity. */
public interface Device extends Recipient {

    /** Whose device it is. */
    ConnectedUser user();
}
