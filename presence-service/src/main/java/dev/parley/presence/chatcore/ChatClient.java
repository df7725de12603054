package dev.parley.presence.chatcore;

import dev.parley.presence.device.ConnectedDevice;
import dev.parley.presence.device.ConnectedUser;
import dev.parley.presence.socketio.Socket;

/** Who sends a command: the socket, and the device that it is. */
record ChatClient(Socket socket, ConnectedDevice device) {

    ConnectedUser user() {
        return device.user();
    }
}
