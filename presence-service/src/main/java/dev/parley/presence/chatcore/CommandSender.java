package dev.parley.presence.chatcore;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.socketio.Socket;

/** The sender of a command: the socket, and the device behind it. */
record CommandSender(Socket socket, ConnectedDevice device) {

    ConnectedUser user() {
        return device.user();
    }
}
