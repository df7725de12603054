package dev.parley.presence.device;

import dev.parley.presence.transport.Recipient;

/** One device of a user, to which events are sent. Compared by identity. */
public interface Device extends Recipient {

    /** The user of the device. */
    ConnectedUser user();
}
